using SkillMeat.Collections;

namespace SkillMeat.Projects.Profiles;

/// <summary>A coding agent, and where it looks for artifacts.</summary>
/// <remarks>Immutable.</remarks>
public sealed class Profile
{
    /// <summary>The id of Claude Code, which reads every type of artifact that has a container.</summary>
    internal const string ClaudeCode = "claude_code";

    private readonly string _projectSkills;
    private readonly string _userSkills;
    private readonly string? _projectAgents;
    private readonly string? _userAgents;

    internal Profile(string id, string projectSkills, string userSkills, string? projectAgents, string? userAgents, IReadOnlyList<string> aliases)
    {
        Id = id;
        Aliases = aliases;
        _projectSkills = projectSkills;
        _userSkills = userSkills;
        _projectAgents = projectAgents;
        _userAgents = userAgents;
    }

    /// <summary>All profiles that are known, Claude Code first, then by id.</summary>
    public static IReadOnlyList<Profile> All => ProfileTable.All;

    /// <summary>The id, as in deployment records.</summary>
    public string Id { get; }

    /// <summary>Other names of the agent.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The names of the types of artifacts that it reads.</summary>
    public IReadOnlyList<string> Types => [.. ArtifactType.All.Where(Reads).Select(type => type.Name)];

    /// <summary>Whether it reads artifacts of a type.</summary>
    internal bool Reads(ArtifactType type) => type == ArtifactType.Skill || (type == ArtifactType.Agent && _projectAgents is not null) || (Id == ClaudeCode && type.Container is not null);

    /// <summary>Whether a text names it: its id or an alias, in any letter case, with <c>-</c> for <c>_</c>.</summary>
    internal bool IsNamed(string text) => Aliases.Prepend(Id).Any(name => Plain(name).Equals(Plain(text), StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the place of a type in a project, or null if the agent does not read the type.</summary>
    internal ProfilePlace? PlaceInProject(ArtifactType type) => PlaceOf(type, _projectSkills, _projectAgents);

    /// <summary>Returns the place of a type in the user's folders, or null if the agent does not read the type.</summary>
    internal ProfilePlace? PlaceOfUser(ArtifactType type, AgentFolders folders) =>
        PlaceOf(type, folders.Expand(_userSkills), _userAgents is null ? null : folders.Expand(_userAgents));

    private ProfilePlace? PlaceOf(ArtifactType type, string skills, string? agents)
    {
        if (!Reads(type)) return null;
        if (type == ArtifactType.Agent && agents is not null) return ProfilePlace.Of(agents);
        var place = ProfilePlace.Of(skills);
        return type == ArtifactType.Skill ? place : place with { Container = type.Container! };
    }

    private static string Plain(string name) => name.Trim().Replace('_', '-');
}

using SkillMeat.Collections;

namespace SkillMeat.Projects.Profiles;

/// <summary>Tells which agents a machine or a project has. A folder that several agents share tells only of the one that it is named after.</summary>
/// <param name="user">The folders of the user.</param>
internal sealed class ProfileDetection(AgentFolders user)
{
    private readonly Lazy<HashSet<string>> _sharedInProjects = new(() => Shared(ProfileTable.All.SelectMany(profile => RootsOf(profile).Distinct(StringComparer.Ordinal))));
    private readonly Lazy<HashSet<string>> _sharedByUsers = new(() => Shared(ProfileTable.All.Select(profile => profile.PlaceOfUser(ArtifactType.Skill, user)?.Root).OfType<string>()));

    /// <summary>Whether the user has the folder of an agent: the one above the container, such as <c>~/.codex</c> for <c>~/.codex/skills</c>.</summary>
    public bool IsOnMachine(Profile profile) => profile.PlaceOfUser(ArtifactType.Skill, user) is { } place && !_sharedByUsers.Value.Contains(place.Root) && Directory.Exists(place.Root);

    /// <summary>Whether a project has a folder of an agent.</summary>
    public bool IsIn(ProjectSite site, Profile profile) =>
        site.User is null && RootsOf(profile).Any(root => root != "." && (!_sharedInProjects.Value.Contains(root) || profile.IsNamed(root.TrimStart('.'))) && Directory.Exists(site.FullPath(root)));

    private static IEnumerable<string> RootsOf(Profile profile) => ArtifactType.All.Select(type => profile.PlaceInProject(type)?.Root).OfType<string>();

    private static HashSet<string> Shared(IEnumerable<string> roots) => roots.GroupBy(root => root, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
}

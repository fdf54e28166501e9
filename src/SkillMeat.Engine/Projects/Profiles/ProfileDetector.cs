using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Projects.Profiles;

/// <summary>Lists the coding agents that are known, and tells which of them this machine and a project have.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ProfileDetector
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates a detector.</summary>
    /// <param name="store">The home, which knows the registered projects.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ProfileDetector(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Lists all profiles, Claude Code first, then by id.</summary>
    /// <param name="project">The path of a project, or the name of a registered one; null for none.</param>
    /// <returns>The profiles.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: there is no such project.</exception>
    public IReadOnlyList<DetectedProfile> List(string? project = null)
    {
        var site = project is null ? null : new ProjectSite(ProjectFolder.Find(new ProjectRegistry(_store).FindPath(project), _store.Home, _user));
        var detection = new ProfileDetection(_user);
        return [.. ProfileTable.All.Select(profile => Describe(profile, site, detection))];
    }

    private DetectedProfile Describe(Profile profile, ProjectSite? site, ProfileDetection detection) => new()
    {
        Profile = profile.Id,
        Aliases = TextValues.Of(profile.Aliases),
        Types = TextValues.Of(profile.Types),
        IsOnMachine = detection.IsOnMachine(profile),
        IsInProject = site is null ? null : detection.IsIn(site, profile),
        Project = site?.Folder,
        ProjectFolder = PathOf(profile.PlaceInProject(ArtifactType.Skill)!),
        UserFolder = PathOf(profile.PlaceOfUser(ArtifactType.Skill, _user)!).Replace('/', Path.DirectorySeparatorChar),
    };

    private static string PathOf(ProfilePlace place) => place.Root == "." ? place.Container : $"{place.Root}/{place.Container}";
}

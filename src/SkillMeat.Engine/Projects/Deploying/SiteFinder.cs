using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Projects.Deploying;

/// <summary>Finds the projects and profiles that a request names.</summary>
internal sealed class SiteFinder(CollectionStore store, AgentFolders user)
{
    private const string AllDetected = "*";

    /// <summary>Finds the projects, each once.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: one does not exist, or is missing. <see cref="ErrorIds.InvalidArgument"/>: none is named.</exception>
    public IReadOnlyList<ProjectSite> Find(IReadOnlyList<string> projects, bool includeUser)
    {
        var list = new ProjectRegistry(store).ReadList();
        var sites = projects.Select(wanted => ProjectFolder.Find(ProjectRegistry.PathOf(list, wanted), store.Home, user)).Distinct(StringComparer.Ordinal).Select(folder => new ProjectSite(folder)).ToList();
        if (includeUser) sites.Add(new ProjectSite(user.UserFolder, user));
        return sites.Count > 0 ? sites : throw new SkillMeatException(ErrorIds.InvalidArgument, "Name a project, or the user's own folders.");
    }

    /// <summary>Returns the profiles for a project. Without names, Claude Code.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a profile is unknown, or none is detected.</exception>
    public IReadOnlyList<Profile> FindProfiles(IReadOnlyList<string> names, ProjectSite site)
    {
        if (names.Count == 0) return [ProfileTable.Parse(Profile.ClaudeCode)];
        var found = names.SelectMany(name => name == AllDetected ? Detect(site) : [ProfileTable.Parse(name)]).Distinct().ToList();
        return found.Count > 0 ? found : throw new SkillMeatException(ErrorIds.InvalidArgument, $"No agent was found on this machine or in '{site.Folder}'. Name a profile.");
    }

    /// <summary>Returns the named profiles, for which records are wanted; null for all, which no names mean as well.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a profile is unknown.</exception>
    public static IReadOnlyList<Profile>? FindNamed(IReadOnlyList<string> names) =>
        names.Count == 0 || names.Contains(AllDetected) ? null : [.. names.Select(ProfileTable.Parse).Distinct()];

    /// <summary>Returns the profiles that this machine or a project has.</summary>
    public IReadOnlyList<Profile> Detect(ProjectSite site)
    {
        var detection = new ProfileDetection(user);
        return [.. ProfileTable.All.Where(profile => detection.IsOnMachine(profile) || detection.IsIn(site, profile))];
    }
}

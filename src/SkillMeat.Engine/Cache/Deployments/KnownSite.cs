using SkillMeat.Errors;
using SkillMeat.Projects;

namespace SkillMeat.Cache.Deployments;

/// <summary>A project that the home knows, or the user's own folders.</summary>
/// <param name="Site">The folder.</param>
/// <param name="Name">The name of a registered project, or null.</param>
/// <param name="IsMissing">Whether the folder is not there.</param>
/// <param name="Problem">The reason that it cannot be a project, or null.</param>
internal sealed record KnownSite(ProjectSite Site, string? Name, bool IsMissing = false, SkillMeatException? Problem = null)
{
    /// <summary>The key of its row.</summary>
    public (string Folder, bool IsUser) Key => (Site.Folder, Site.User is not null);
}

using SkillMeat.Errors;

namespace SkillMeat.Cache.Deployments;

/// <summary>The deployments of a project.</summary>
/// <param name="Site">The project.</param>
/// <param name="Copies">The copies. Those of a missing project are as they were when it was seen last.</param>
/// <param name="Problem">The reason that some or all could not be read, or null.</param>
internal sealed record SiteState(KnownSite Site, IReadOnlyList<SiteCopy> Copies, SkillMeatException? Problem);

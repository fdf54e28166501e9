using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Deploying;

/// <summary>A deployed copy whose record names a collection that changes.</summary>
/// <param name="Site">The project.</param>
/// <param name="Root">The profile root of the record.</param>
/// <param name="Record">The record.</param>
internal sealed record FollowingCopy(ProjectSite Site, string Root, DeploymentRecord Record)
{
    /// <summary>The full path of the copy.</summary>
    public string Path => Site.FullPath(Root, Record.Path);

    /// <summary>The full path of the file of the record.</summary>
    public string RecordsPath => Site.FullPath(Root, DeploymentFile.Name);
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Syncing;

/// <summary>A deployment, as its record has it.</summary>
/// <param name="Site">The project.</param>
/// <param name="Root">The profile root.</param>
/// <param name="Record">The record.</param>
internal sealed record SyncTarget(ProjectSite Site, string Root, DeploymentRecord Record)
{
    /// <summary>The reason that the record cannot be read, or null.</summary>
    public DataFileException? Problem { get; init; }

    /// <summary>The artifact.</summary>
    public ArtifactId Artifact => Record.Artifact;

    /// <summary>The full path of the copy.</summary>
    public string FullPath => Site.FullPath(Root, Record.Path);

    /// <summary>The full path of the deployment records.</summary>
    public string RecordsPath => Site.FullPath(Root, DeploymentFile.Name);
}

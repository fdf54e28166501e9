using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Deploying;

/// <summary>An artifact in a project, for one profile.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Site">The project.</param>
/// <param name="Profile">The id of the profile.</param>
/// <param name="Root">The profile root; empty if the agent does not read artifacts of this type.</param>
/// <param name="Path">The path of the copy in the profile root, with <c>/</c>.</param>
internal sealed record Target(ArtifactId Artifact, ProjectSite Site, string Profile, string Root, string Path)
{
    /// <summary>The collection that a record names; null without a record.</summary>
    public string? Collection { get; init; }

    /// <summary>The reason that its record cannot be read, or null.</summary>
    public DataFileException? Problem { get; init; }

    /// <summary>Whether it is copied or linked; null for what the request says.</summary>
    public DeployMode? Mode { get; init; }

    /// <summary>Whether it is activated; null for what the request says.</summary>
    public bool? Activate { get; init; }

    /// <summary>Whether the collection lacks it. A dry run then plans what its place allows.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether there is a place for it.</summary>
    public bool HasPlace => Root.Length > 0;

    /// <summary>Whether the copy has another name than the artifact, as an adopted one can.</summary>
    public bool IsNamedOtherwise => TreePath.LastPart(Path) is var name && name != Artifact.Name && name != $"{Artifact.Name}.md";

    /// <summary>The full path of the copy.</summary>
    public string FullPath => Site.FullPath(Root, Path);

    /// <summary>The full path of the deployment records.</summary>
    public string RecordsPath => Site.FullPath(Root, DeploymentFile.Name);

    /// <summary>Returns the target of an artifact, where the agent looks for it.</summary>
    public static Target Of(ArtifactId artifact, ProjectSite site, Profile profile) => site.PlaceOf(profile, artifact.Type) is { } place
        ? new Target(artifact, site, profile.Id, place.Root, $"{place.Container}/{artifact.Name}{(artifact.Type.IsFolder ? "" : ".md")}")
        : new Target(artifact, site, profile.Id, Root: "", Path: "");
}

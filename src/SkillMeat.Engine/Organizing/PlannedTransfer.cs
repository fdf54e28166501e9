using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Organizing;

/// <summary>An artifact that goes to another collection.</summary>
/// <param name="Artifact">The artifact where it is.</param>
/// <param name="Id">The artifact where it goes.</param>
/// <param name="Path">The path where it goes, relative to the collection, with <c>/</c>.</param>
internal sealed record PlannedTransfer(Artifact Artifact, ArtifactId Id, string Path)
{
    /// <summary>The path where it is, relative to the collection, with <c>/</c>.</summary>
    public string From => TreePath.Normalize(Artifact.Path);

    /// <summary>Whether it gets another name.</summary>
    public bool IsRenamed => Artifact.Id != Id;
}

using SkillMeat.Collections;
using SkillMeat.Merging.Differences;
using SkillMeat.Updates;

namespace SkillMeat.Projects.Comparing;

/// <summary>A file that differs between two contents of an artifact.</summary>
/// <param name="Path">The path in the artifact, with <c>/</c>; for an artifact of one file, the file's name.</param>
/// <param name="Change">The change from the old side to the new one.</param>
/// <remarks>Immutable.</remarks>
public sealed record FileComparison(string Path, FileUpdateKind Change)
{
    /// <summary>The places in which the texts differ; empty if the file is not text, or only its kind differs.</summary>
    public ItemList<DiffHunk> Hunks { get; init; } = [];

    /// <summary>The reason that there are no hunks, or a difference that they do not show; null for none.</summary>
    public string? Note { get; init; }
}

using SkillMeat.Merging;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>The planned files of an artifact after an update.</summary>
/// <param name="After">The stored content after the update, which is the content as it is if there are conflicts; null if no file is left.</param>
/// <param name="Files">The files that change, without diffs.</param>
/// <param name="Conflicts">The choices that a person has to make.</param>
/// <param name="IsMerged">Whether it has local edits as well as upstream's changes.</param>
internal sealed record PlannedContent(TreeEntry? After, IReadOnlyList<FileUpdate> Files, IReadOnlyList<FileConflict> Conflicts, bool IsMerged);

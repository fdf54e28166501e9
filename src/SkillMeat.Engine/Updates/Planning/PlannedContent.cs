using SkillMeat.Merging;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>What an update makes of an artifact's files.</summary>
/// <param name="After">The stored content as it shall be; as it is where there are conflicts; null when nothing is left of it.</param>
/// <param name="Files">The files that change, without diffs.</param>
/// <param name="Conflicts">What a person has to choose.</param>
/// <param name="IsMerged">Whether local edits are in it beside upstream's changes.</param>
internal sealed record PlannedContent(TreeEntry? After, IReadOnlyList<FileUpdate> Files, IReadOnlyList<FileConflict> Conflicts, bool IsMerged);

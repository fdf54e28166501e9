using SkillMeat.Objects.Trees;

namespace SkillMeat.Merging;

/// <summary>A file as it is after a merge.</summary>
/// <param name="Path">The path.</param>
/// <param name="Kind">A file, an executable or a link. The executable bit can come from another side than the content.</param>
/// <param name="Source">The side that the content comes from.</param>
/// <param name="SourcePath">The path on that side, which differs from <paramref name="Path"/> if the other side renamed the file. For merged text, the local path.</param>
/// <param name="Text">The bytes of merged text.</param>
internal sealed record PlannedFile(string Path, TreeEntryKind Kind, FileSource Source, string SourcePath, ReadOnlyMemory<byte> Text = default);

namespace SkillMeat.Merging;

/// <summary>A file as it is after a merge.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind">What it is; the executable bit can be the other side's than the content.</param>
/// <param name="Source">Whose content it has.</param>
/// <param name="SourcePath">Where that side has it: not at <paramref name="Path"/> when the other side renamed it. Of merged text the local path.</param>
/// <param name="Text">The bytes of merged text.</param>
internal sealed record PlannedFile(string Path, FileKind Kind, FileSource Source, string SourcePath, ReadOnlyMemory<byte> Text = default)
{
    /// <summary>What is there as nothing touched it.</summary>
    public static PlannedFile Unchanged(string path, FileKind kind) => new(path, kind, FileSource.Local, path);
}

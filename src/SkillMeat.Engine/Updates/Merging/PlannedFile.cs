namespace SkillMeat.Updates.Merging;

/// <summary>A file as it is after a merge.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind">What it is; the executable bit can be the other side's than the content.</param>
/// <param name="Source">Whose content it has.</param>
/// <param name="SourcePath">The path of that content in the local or upstream's tree, which differs from <paramref name="Path"/> where the other side renamed; of merged text the local one.</param>
/// <param name="Text">The bytes of merged text.</param>
internal sealed record PlannedFile(string Path, FileKind Kind, FileSource Source, string SourcePath, ReadOnlyMemory<byte> Text = default)
{
    /// <summary>What is there as nothing touched it.</summary>
    public static PlannedFile Unchanged(string path, FileKind kind) => new(path, kind, FileSource.Local, path);
}

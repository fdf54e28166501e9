namespace SkillMeat.Objects.Scanning;

/// <summary>The result of a scan.</summary>
/// <param name="Id">The tree of the folder.</param>
/// <param name="Files">The number of files in it, without links.</param>
/// <param name="Size">The total size of the files in bytes.</param>
/// <param name="FilesRead">The number of files that had to be read, because their stamps were new.</param>
/// <param name="Warnings">The entries that were not stored.</param>
internal sealed record TreeScan(ObjectId Id, int Files, long Size, int FilesRead, IReadOnlyList<ScanWarning> Warnings);

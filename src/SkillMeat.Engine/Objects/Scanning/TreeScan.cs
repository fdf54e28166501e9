namespace SkillMeat.Objects.Scanning;

/// <summary>What a scan found.</summary>
/// <param name="Id">The tree of the folder.</param>
/// <param name="Files">How many files are in it, links not counted.</param>
/// <param name="Size">Their length in bytes together.</param>
/// <param name="FilesRead">How many had to be read, because nothing was remembered of them.</param>
/// <param name="Warnings">What is not stored.</param>
internal sealed record TreeScan(ObjectId Id, int Files, long Size, int FilesRead, IReadOnlyList<ScanWarning> Warnings);

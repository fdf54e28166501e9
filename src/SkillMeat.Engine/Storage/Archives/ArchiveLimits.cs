namespace SkillMeat.Storage.Archives;

/// <summary>What an archive may hold at most. A small file can unpack to any size, so that is bounded before it fills a disk.</summary>
/// <param name="Members">How many members.</param>
/// <param name="TotalBytes">How many bytes, unpacked, with the archive's own headers.</param>
internal sealed record ArchiveLimits(int Members, long TotalBytes)
{
    public static ArchiveLimits Default { get; } = new(Members: 1_000_000, TotalBytes: 8L << 30);
}

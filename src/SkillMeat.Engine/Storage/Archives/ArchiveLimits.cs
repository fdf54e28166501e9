namespace SkillMeat.Storage.Archives;

/// <summary>The limits of an archive. A small file can unpack to any size, so this stops it before it fills a disk.</summary>
/// <param name="Members">The maximum number of members.</param>
/// <param name="TotalBytes">The maximum unpacked size in bytes, including headers.</param>
internal sealed record ArchiveLimits(int Members, long TotalBytes)
{
    public static ArchiveLimits Default { get; } = new(Members: 1_000_000, TotalBytes: 8L << 30);
}

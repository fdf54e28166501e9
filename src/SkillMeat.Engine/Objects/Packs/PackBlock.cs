namespace SkillMeat.Objects.Packs;

/// <summary>A block of a pack, which is read and decompressed as a whole.</summary>
/// <param name="Position">The offset in the file.</param>
/// <param name="StoredLength">The length in the file.</param>
/// <param name="Length">The decompressed length.</param>
/// <param name="IsCompressed">Whether it is compressed.</param>
internal readonly record struct PackBlock(long Position, int StoredLength, int Length, bool IsCompressed);

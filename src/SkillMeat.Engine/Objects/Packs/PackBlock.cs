namespace SkillMeat.Objects.Packs;

/// <summary>A block of a pack: what is read and decompressed at once.</summary>
/// <param name="Position">Where it begins in the file.</param>
/// <param name="StoredLength">Its length in the file.</param>
/// <param name="Length">The length of what is in it.</param>
/// <param name="IsCompressed">Whether it must be decompressed.</param>
internal readonly record struct PackBlock(long Position, int StoredLength, int Length, bool IsCompressed);

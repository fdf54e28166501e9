namespace SkillMeat.Objects.Packs;

/// <summary>The location of an object.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Kind">The kind of the object.</param>
/// <param name="Block">The number of its block.</param>
/// <param name="Offset">The offset in the decompressed block.</param>
/// <param name="Length">The length of the object.</param>
internal readonly record struct PackLocation(PackFile Pack, ObjectKind Kind, int Block, int Offset, int Length);

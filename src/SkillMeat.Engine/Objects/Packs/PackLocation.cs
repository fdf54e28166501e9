namespace SkillMeat.Objects.Packs;

/// <summary>Where an object is.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Kind">What its bytes mean.</param>
/// <param name="Block">The number of its block.</param>
/// <param name="Offset">Where it begins in the decompressed block.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct PackLocation(PackFile Pack, ObjectKind Kind, int Block, int Offset, int Length);

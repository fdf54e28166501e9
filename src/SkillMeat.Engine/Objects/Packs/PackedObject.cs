namespace SkillMeat.Objects.Packs;

/// <summary>An object of a pack.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Kind">What its bytes mean.</param>
/// <param name="Block">The number of its block.</param>
/// <param name="Offset">Where it begins in the decompressed block.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct PackedObject(ObjectId Id, ObjectKind Kind, int Block, int Offset, int Length);

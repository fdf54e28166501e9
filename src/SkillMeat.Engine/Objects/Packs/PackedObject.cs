namespace SkillMeat.Objects.Packs;

/// <summary>An object in a pack.</summary>
/// <param name="Id">The id of the object.</param>
/// <param name="Kind">The kind of the object.</param>
/// <param name="Block">The number of its block.</param>
/// <param name="Offset">The offset in the decompressed block.</param>
/// <param name="Length">The length of the object.</param>
internal readonly record struct PackedObject(ObjectId Id, ObjectKind Kind, int Block, int Offset, int Length);

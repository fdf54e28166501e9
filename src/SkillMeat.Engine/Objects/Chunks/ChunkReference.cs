namespace SkillMeat.Objects.Chunks;

/// <summary>A piece of a large file, or a node that lists pieces.</summary>
/// <param name="Id">Where it is stored.</param>
/// <param name="Length">How many bytes of the file it stands for.</param>
/// <param name="LastBits">The bits of its last piece, which decide where nodes end. Only known while a list is being made.</param>
internal readonly record struct ChunkReference(ObjectId Id, long Length, ulong LastBits);

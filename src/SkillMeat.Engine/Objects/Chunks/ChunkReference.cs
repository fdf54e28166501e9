namespace SkillMeat.Objects.Chunks;

/// <summary>A chunk of a large file, or a node that lists chunks.</summary>
/// <param name="Id">The id of the object.</param>
/// <param name="Length">The number of bytes of the file that it represents.</param>
/// <param name="LastBits">The bits of its last chunk, which determine where nodes end. Only known while a list is being built.</param>
internal readonly record struct ChunkReference(ObjectId Id, long Length, ulong LastBits);

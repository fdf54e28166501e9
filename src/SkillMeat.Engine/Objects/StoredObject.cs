namespace SkillMeat.Objects;

/// <summary>An object that was read and verified.</summary>
/// <param name="Kind">The kind of the object.</param>
/// <param name="Content">The bytes. For a large object, they are in the buffer given to the reader.</param>
/// <param name="Path">The path of its pack.</param>
internal readonly record struct StoredObject(ObjectKind Kind, ReadOnlyMemory<byte> Content, string Path);

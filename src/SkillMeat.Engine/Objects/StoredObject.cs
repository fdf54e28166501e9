namespace SkillMeat.Objects;

/// <summary>An object as it was read and checked.</summary>
/// <param name="Kind">What its bytes mean.</param>
/// <param name="Content">Its bytes; for a large one the buffer that the reader was given.</param>
/// <param name="Path">The pack that it is in.</param>
internal readonly record struct StoredObject(ObjectKind Kind, ReadOnlyMemory<byte> Content, string Path);

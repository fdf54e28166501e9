namespace SkillMeat.Cache.Search.Queries;

/// <summary>A piece of a typed text.</summary>
/// <param name="Field">The name before the colon in small letters, or null.</param>
/// <param name="Value">The rest, without its quotes.</param>
internal readonly record struct TypedPiece(string? Field, string Value);

namespace SkillMeat.Server.Json;

/// <summary>One page of a list. The cursor leads to the next page, and is null on the last one.</summary>
internal sealed record PageJson<T>(IReadOnlyList<T> Items, int Total, string? NextCursor);

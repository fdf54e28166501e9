namespace SkillMeat.Server.Json;

/// <summary>A page of drift, with the projects that cannot be compared, by their paths.</summary>
internal sealed record DriftPageJson(IReadOnlyList<DriftJson> Items, int Total, string? NextCursor, IReadOnlyDictionary<string, string> Problems);

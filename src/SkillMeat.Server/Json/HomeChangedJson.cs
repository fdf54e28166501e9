namespace SkillMeat.Server.Json;

/// <summary>A change of the home, for open pages.</summary>
internal sealed record HomeChangedJson(IReadOnlyList<string> Kinds, IReadOnlyList<string> Collections);

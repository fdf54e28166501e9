namespace SkillMeat.Server.Json;

/// <summary>A change of the home, for open pages. With <c>all</c>, the list of the collections or the active one changed, and so may everything.</summary>
internal sealed record HomeChangedJson(IReadOnlyList<string> Kinds, IReadOnlyList<string> Collections, bool All);

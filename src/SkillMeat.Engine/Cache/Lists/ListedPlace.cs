namespace SkillMeat.Cache.Lists;

/// <summary>The place of an artifact in an ordered list, after which the next page begins.</summary>
/// <param name="Key">The value by which the list is ordered.</param>
/// <param name="Name">The name of the artifact.</param>
/// <param name="Type">The name of its type.</param>
/// <remarks>Immutable.</remarks>
public sealed record ListedPlace(string Key, string Name, string Type);

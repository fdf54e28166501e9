using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Server.Collections;

/// <summary>Resolves names of collections that may be patterns.</summary>
internal static class CollectionNames
{
    /// <summary>Returns the collections of the home that match patterns, and each other name as it is. Without names, returns the active collection.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: no collection matches a pattern.</exception>
    public static IReadOnlyList<string> Resolve(CollectionStore store, IReadOnlyList<string> named) =>
        named.Count == 0 ? [store.ActiveCollection] : [.. named.SelectMany(name => FindAll(store, name)).Distinct(StringComparer.Ordinal)];

    private static List<string> FindAll(CollectionStore store, string name)
    {
        var pattern = NamePattern.Simple(name);
        var names = store.ListNames();
        if (names.Contains(name)) return [name];
        var found = names.Where(one => pattern.Fits(one)).ToList();
        return found.Count > 0 ? found
            : pattern.IsLiteral ? [name]
            : throw new SkillMeatException(ErrorIds.CollectionNotFound, $"No collection matches '{name}'.");
    }
}

using System.Management.Automation;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Resolves the values of a <c>-Collection</c> parameter.</summary>
internal static class CollectionNames
{
    /// <summary>Returns the matches of names with wildcards, and every other name itself, whether or not it exists. Without names, returns the active collection.</summary>
    public static IReadOnlyList<string> Resolve(CollectionStore store, IReadOnlyList<string>? named) => named is null or []
        ? [store.ActiveCollection]
        : named.SelectMany(name => IsPattern(store, name) ? FindAll(store, name) : [Match(store, name)]).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>Resolves a name without wildcards: to the collection of exactly that name, else to the only one that differs in case alone, else to the name itself.</summary>
    public static string Match(CollectionStore store, string name)
    {
        var names = store.ListNames();
        var alike = names.Contains(name) ? [] : names.Where(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return alike is [var only] ? only : name;
    }

    /// <summary>Resolves a name without wildcards; null to the active collection.</summary>
    public static string MatchOrActive(CollectionStore store, string? name) => name is null ? store.ActiveCollection : Match(store, name);

    /// <summary>Whether a name is a pattern. A name of a collection is none, even with brackets, because names from the pipeline are not escaped.</summary>
    private static bool IsPattern(CollectionStore store, string name) => WildcardPattern.ContainsWildcardCharacters(name) && !store.ListNames().Contains(name);

    private static IEnumerable<string> FindAll(CollectionStore store, string pattern)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return store.ListNames().Where(wildcard.IsMatch);
    }
}

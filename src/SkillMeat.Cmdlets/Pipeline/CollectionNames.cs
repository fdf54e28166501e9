using System.Management.Automation;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The collections that a <c>-Collection</c> parameter means.</summary>
internal static class CollectionNames
{
    /// <summary>The active one when none is named; a name with wildcards means all that fit, and every other name itself, whether or not there is one.</summary>
    public static IReadOnlyList<string> Resolve(CollectionStore store, IReadOnlyList<string>? named) => named is null or []
        ? [store.ActiveCollection]
        : named.SelectMany(name => IsPattern(store, name) ? FindAll(store, name) : [Match(store, name)]).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>The collection that a name without wildcards means: the one of just that name, else the only one that differs in upper and lower case alone, else the name itself.</summary>
    public static string Match(CollectionStore store, string name)
    {
        var names = store.ListNames();
        var alike = names.Contains(name) ? [] : names.Where(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return alike is [var only] ? only : name;
    }

    /// <summary>The one collection that a name without wildcards means; the active one when none is named.</summary>
    public static string MatchOrActive(CollectionStore store, string? name) => name is null ? store.ActiveCollection : Match(store, name);

    /// <summary>A name with brackets comes through the pipeline as it is, and means the collection of that name.</summary>
    private static bool IsPattern(CollectionStore store, string name) => WildcardPattern.ContainsWildcardCharacters(name) && !store.ListNames().Contains(name);

    private static IEnumerable<string> FindAll(CollectionStore store, string pattern)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return store.ListNames().Where(wildcard.IsMatch);
    }
}

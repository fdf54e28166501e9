using System.Management.Automation;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The collections that a <c>-Collection</c> parameter means.</summary>
internal static class CollectionNames
{
    /// <summary>The active one when none is named; a name with wildcards means all that fit, and every other name itself, whether or not there is one.</summary>
    public static IReadOnlyList<string> Resolve(CollectionStore store, IReadOnlyList<string>? named) => named is null or []
        ? [store.ActiveCollection]
        : named.SelectMany(name => WildcardPattern.ContainsWildcardCharacters(name) ? FindAll(store, name) : [name]).Distinct(StringComparer.Ordinal).ToList();

    private static IEnumerable<string> FindAll(CollectionStore store, string pattern)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return store.ListNames().Where(wildcard.IsMatch);
    }
}

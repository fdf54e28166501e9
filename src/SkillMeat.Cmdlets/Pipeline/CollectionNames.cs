using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Resolves the values of a <c>-Collection</c> parameter.</summary>
internal static class CollectionNames
{
    /// <summary>Reads the names of collections from an object of the pipeline: its text, its collection, or its own name.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the object does not name a collection.</exception>
    public static IReadOnlyList<string> Read(PipedObject piped) => piped.Texts.Count > 0 ? piped.Texts.Select(Checked).ToList()
        : (piped["Collection"] ?? (piped.IsProject || piped.IsMarketplace ? null : piped["Name"])) is { } name ? [name]
        : throw piped.Unnamed("a collection", "Collection, and no Name");

    private static string Checked(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "The name of a collection is empty.");
        }

        _ = Wildcards.Of(name);
        return name;
    }

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

    /// <summary>Returns the matches of names as <see cref="Resolve"/> does, and reports each name that no collection has.</summary>
    public static IReadOnlyList<string> ResolveKnown(CollectionStore store, IReadOnlyList<string>? named, PipelineQueue pipeline)
    {
        var resolved = Resolve(store, named);
        var known = store.ListNames();
        foreach (var missing in resolved.Where(name => !known.Contains(name)))
        {
            pipeline.Error(ErrorRecords.Of(store.Missing(missing), missing));
        }

        return resolved.Where(known.Contains).ToList();
    }

    /// <summary>Whether a name is a pattern. A name of a collection is none, even with brackets, because names from the pipeline are not escaped.</summary>
    private static bool IsPattern(CollectionStore store, string name) => Wildcards.IsPattern(name) && !store.ListNames().Contains(name);

    private static IEnumerable<string> FindAll(CollectionStore store, string pattern)
    {
        var wildcard = Wildcards.Of(pattern);
        return store.ListNames().Where(wildcard.IsMatch);
    }
}

using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Finds groups, MCP servers and tag definitions by their names.</summary>
internal static class EntryNames
{
    /// <summary>Finds an entry by its name, ignoring case unless two entries differ in case alone.</summary>
    /// <param name="names">The names of the entries. One without a name cannot be found.</param>
    /// <param name="wanted">The name.</param>
    /// <param name="noun">The kind of the entries, such as <c>group</c>.</param>
    /// <param name="collection">The name of the collection.</param>
    /// <returns>The index of the entry.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.EntryNotFound"/>: no entry has the name, or more than one; the message names the nearest one.</exception>
    public static int Find(IReadOnlyList<string?> names, string wanted, string noun, string collection)
    {
        var found = Among(names, wanted, StringComparison.Ordinal);
        if (found.Count == 0) found = Among(names, wanted, StringComparison.OrdinalIgnoreCase);
        if (found is [var index]) return index;
        if (found.Count > 1)
        {
            throw new SkillMeatException(ErrorIds.EntryNotFound, $"Collection '{collection}' has {found.Count} {noun}s named '{wanted}'. Give them different names in its collection.toml first.");
        }

        throw Missing(names, wanted, noun, collection);
    }

    /// <summary>Creates the error for an unknown entry, with a suggestion for a misspelled name.</summary>
    public static SkillMeatException Missing(IReadOnlyList<string?> names, string wanted, string noun, string collection)
    {
        var known = names.OfType<string>().ToList();
        var near = NearestName.Find(wanted, known);
        var suggestion = near is not null ? $" Did you mean '{near}'?" : known.Count == 0 ? $" It has no {noun}s." : "";
        return new SkillMeatException(ErrorIds.EntryNotFound, $"Collection '{collection}' has no {noun} '{wanted}'.{suggestion}") { Nearest = near };
    }

    private static List<int> Among(IReadOnlyList<string?> names, string wanted, StringComparison comparison) =>
        Enumerable.Range(0, names.Count).Where(index => wanted.Equals(names[index], comparison)).ToList();
}

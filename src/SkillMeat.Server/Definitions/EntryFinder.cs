using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;

namespace SkillMeat.Server.Definitions;

/// <summary>Finds an MCP server or a tag definition by the name in an address.</summary>
internal static class EntryFinder
{
    /// <summary>Finds an entry, ignoring case unless two entries differ in case alone, as edits do.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.EntryNotFound"/>: no entry has the name, or more than one.</exception>
    public static T Find<T>(Collection collection, ManifestList list, IReadOnlyList<T> entries, Func<T, string?> nameOf, string name)
    {
        var same = entries.Where(one => name.Equals(nameOf(one), StringComparison.Ordinal)).ToList();
        if (same.Count == 0) same = entries.Where(one => name.Equals(nameOf(one), StringComparison.OrdinalIgnoreCase)).ToList();
        return same is [var only] ? only : throw ManifestEditor.Missing(collection, list, name);
    }
}

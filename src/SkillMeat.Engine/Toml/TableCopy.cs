namespace SkillMeat.Toml;

/// <summary>Gives a table the data of another table, usually of another document. Equal data keeps its bytes, so comments and order stay.</summary>
internal static class TableCopy
{
    /// <summary>Copies keys, sub-tables and arrays of tables, and removes keys that the source does not have.</summary>
    /// <param name="source">The table to copy; not a part of <paramref name="target"/>.</param>
    /// <param name="target">The table to change.</param>
    /// <returns>False if both had the same data before.</returns>
    /// <exception cref="ArgumentException">A value would be nested too deeply.</exception>
    public static bool Copy(TomlTable source, TomlTable target)
    {
        var isChanged = false;
        foreach (var key in source.Keys)
        {
            var value = source.Find(key)!;
            var own = target.Find(key);
            if (own is not null && TomlData.AreSame(own, value)) continue;
            isChanged = true;
            CopyValue(value, own, target, key);
        }

        // Last, because a table that is temporarily empty would be written differently.
        foreach (var key in target.Keys.Where(key => source.Find(key) is null).ToList()) isChanged |= target.Remove(key);
        return isChanged;
    }

    /// <summary>Removes the headers of new tables that are not needed beside those of their sub-tables.</summary>
    public static void OmitHeaders(TomlTable table)
    {
        foreach (var value in table.Keys.Select(key => table.Find(key)!).ToList())
        {
            if (value.Kind == TomlValueKind.Table) OmitHeaders(value.AsTable());
            else if (value.TableArray is { Block: null } array)
                foreach (var element in array) OmitHeaders(element);
        }

        table.OmitHeader();
    }

    private static void CopyValue(TomlValue value, TomlValue? own, TomlTable target, string key)
    {
        if (own?.Kind == TomlValueKind.Table && value.Kind == TomlValueKind.Table)
        {
            Copy(value.AsTable(), own.AsTable());
        }
        else if (own?.TableArray is { Count: > 0 } ownElements && value.TableArray is { Count: > 0 } elements)
        {
            CopyElements(elements, ownElements);
        }
        else
        {
            target.Set(key, value);
            if (target.Find(key) is { Kind: TomlValueKind.Table } added) OmitHeaders(added.AsTable());
            else if (target.Find(key)?.TableArray is { Block: null } addedElements)
                foreach (var element in addedElements) OmitHeaders(element);
        }
    }

    private static void CopyElements(TomlTableArray source, TomlTableArray target)
    {
        target.Remove(target.Skip(source.Count).ToHashSet());
        for (var i = 0; i < source.Count; i++)
        {
            Copy(source[i], i < target.Count ? target[i] : target.Add());
        }
    }
}

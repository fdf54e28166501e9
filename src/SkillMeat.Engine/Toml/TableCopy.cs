namespace SkillMeat.Toml;

/// <summary>Makes a table mean what another one means, in another document as a rule: what means the same already keeps its bytes, so comments and order stay.</summary>
internal static class TableCopy
{
    /// <summary>Copies keys, sub-tables and arrays of tables, and removes what the source does not have.</summary>
    /// <param name="source">The table that is copied; not a part of <paramref name="target"/>.</param>
    /// <param name="target">The table that is changed.</param>
    /// <returns>False when both meant the same before.</returns>
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

        // Last, because a table that is empty for a moment would be written differently.
        foreach (var key in target.Keys.Where(key => source.Find(key) is null).ToList()) isChanged |= target.Remove(key);
        return isChanged;
    }

    /// <summary>Takes away the headers of new tables that those of their sub-tables make needless.</summary>
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
        while (target.Count > source.Count) target.RemoveAt(target.Count - 1);
        for (var i = 0; i < source.Count; i++)
        {
            Copy(source[i], i < target.Count ? target[i] : target.Add());
        }
    }
}

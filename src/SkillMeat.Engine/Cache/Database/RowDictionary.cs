namespace SkillMeat.Cache.Database;

/// <summary>Dictionaries of rows that the tables keep apart by their keys.</summary>
internal static class RowDictionary
{
    /// <summary>Makes a dictionary of rows.</summary>
    /// <exception cref="DamagedRowException">Two rows have the same key, which the table does not allow.</exception>
    public static Dictionary<TKey, TRow> ToRowDictionary<TKey, TRow>(this IEnumerable<TRow> rows, Func<TRow, TKey> key)
        where TKey : notnull => rows.ToRowDictionary(key, row => row);

    /// <inheritdoc cref="ToRowDictionary{TKey, TRow}"/>
    public static Dictionary<TKey, TValue> ToRowDictionary<TKey, TRow, TValue>(this IEnumerable<TRow> rows, Func<TRow, TKey> key, Func<TRow, TValue> value)
        where TKey : notnull
    {
        var byKey = new Dictionary<TKey, TValue>();
        foreach (var row in rows)
        {
            if (!byKey.TryAdd(key(row), value(row))) throw new DamagedRowException();
        }

        return byKey;
    }
}

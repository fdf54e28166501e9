using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Copies values of a TOML document into objects that do not keep the document in memory.</summary>
internal static class PlainValue
{
    /// <summary>Copies a value.</summary>
    public static object Of(TomlValue value) => value.Kind switch
    {
        TomlValueKind.String => value.AsString(),
        TomlValueKind.Integer => value.AsInteger(),
        TomlValueKind.Float => value.AsFloat(),
        TomlValueKind.Boolean => value.AsBoolean(),
        TomlValueKind.Array => OfArray(value.AsArray()),
        TomlValueKind.Table => OfTable(value.AsTable()),
        _ => value.AsDateText(),
    };

    /// <summary>Copies the values of a table, except those of some keys.</summary>
    public static KeyValues OfTable(TomlTable table, Func<string, bool>? isLeftOut = null)
    {
        Dictionary<string, object>? values = null;
        foreach (var (key, value) in PairsOf(table))
        {
            if (isLeftOut?.Invoke(key) != true) (values ??= new(table.Count)).Add(key, Of(value));
        }

        return KeyValues.Of(values);
    }

    /// <summary>The keys and values of a table, without looking up each key.</summary>
    public static IEnumerable<(string Key, TomlValue Value)> PairsOf(TomlTable table)
    {
        for (var entry = table.FirstEntry; entry >= 0; entry = table.Document.Entries[entry].Next)
        {
            yield return (table.Document.Keys.Text(table.Document.Entries[entry].Key), table.ValueOf(entry));
        }
    }

    /// <summary>Returns a string, or the text of a date, or null for a value of another type.</summary>
    public static string? TextOf(TomlValue value) => value.Kind switch
    {
        TomlValueKind.String => value.AsString(),
        TomlValueKind.OffsetDateTime or TomlValueKind.LocalDateTime or TomlValueKind.LocalDate or TomlValueKind.LocalTime => value.AsDateText(),
        _ => null,
    };

    /// <summary>Returns a time, or null for another value.</summary>
    public static DateTimeOffset? TimeOf(TomlValue value) => IsoTime.Read(TextOf(value));

    /// <summary>Returns a list of strings, or null for another value.</summary>
    public static TextValues? TextsOf(TomlValue value) => value.Kind == TomlValueKind.Array ? OfArray(value.AsArray()) as TextValues : null;

    /// <summary>Returns a list of items, each read from a table, or null for another value.</summary>
    public static ItemList<T>? ItemsOf<T>(TomlValue value, Func<OptionalKeys, T> read) => value switch
    {
        { TableArray: { } tables } => new([.. tables.Select(one => read(new OptionalKeys(one)))]),
        { Kind: TomlValueKind.Array } when value.AsArray().Count == 0 => [],
        _ => null,
    };

    private static object OfArray(IReadOnlyList<TomlValue> items)
    {
        var texts = new string[items.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (items[i].Kind != TomlValueKind.String) return new ItemList<object>([.. items.Select(Of)]);
            texts[i] = items[i].AsString();
        }

        return TextValues.Of(texts);
    }
}

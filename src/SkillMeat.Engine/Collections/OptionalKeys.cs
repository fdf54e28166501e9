using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// Reads keys that are only shown, so that a value of another type is not an error. Such a value, like one of an unknown key, is among the other values.
/// </summary>
/// <param name="table">The table.</param>
internal sealed class OptionalKeys(TomlTable table)
{
    private readonly List<string> _read = [];

    public string? Text(string key) => Read(key, PlainValue.TextOf);

    public long? Number(string key) => Read<long?>(key, value => value.Kind == TomlValueKind.Integer ? value.AsInteger() : null);

    public DateTimeOffset? Time(string key) => Read(key, PlainValue.TimeOf);

    public TextValues Texts(string key) => Read(key, PlainValue.TextsOf) ?? [];

    public KeyValues Values(string key) => Read(key, value => value.Kind == TomlValueKind.Table ? PlainValue.OfTable(value.AsTable()) : null) ?? KeyValues.None;

    public ItemList<T> Items<T>(string key, Func<OptionalKeys, T> read) => Read(key, value => PlainValue.ItemsOf(value, read)) ?? [];

    /// <summary>Copies the values of all keys that were not read.</summary>
    /// <param name="known">Keys that are read elsewhere.</param>
    public KeyValues Others(params string[] known) => PlainValue.OfTable(table, key => known.Contains(key) || _read.Contains(key));

    private T? Read<T>(string key, Func<TomlValue, T?> read)
    {
        if (table.Find(key) is not { } value || read(value) is not { } found)
        {
            return default;
        }

        _read.Add(key);
        return found;
    }
}

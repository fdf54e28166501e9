using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Reads typed values from a TOML table. A value of the wrong type is an error that names the file, the position and the key.</summary>
/// <param name="table">The table.</param>
/// <param name="path">The path of the file.</param>
/// <param name="what">The table, for messages.</param>
/// <param name="name">The name of the table, for messages, or null if it has none.</param>
internal sealed class TableReader(TomlTable table, string path, string what, string? name = null)
{
    public TomlTable Table => table;

    private string Description => name is null ? what : $"{what} '{name}'";

    /// <summary>Throws if a key is missing, whatever its value.</summary>
    public void Require(string key)
    {
        if (table.FindEntry(key) < 0)
        {
            throw Missing(key);
        }
    }

    public string RequiredText(string key) =>
        OptionalText(key) is { Length: > 0 } text ? text : throw Missing(key);

    /// <summary>Reads a string, or a date as its text. Returns null if the key is missing.</summary>
    public string? OptionalText(string key) => table.FindText(key) ?? table.Find(key) switch
    {
        null => null,
        { Kind: TomlValueKind.OffsetDateTime or TomlValueKind.LocalDateTime or TomlValueKind.LocalDate or TomlValueKind.LocalTime } value => value.AsDateText(),
        { } value => throw WrongType(value, key, "a string"),
    };

    public bool? OptionalFlag(string key) => table.Find(key) switch
    {
        null => null,
        { Kind: TomlValueKind.Boolean } value => value.AsBoolean(),
        { Kind: TomlValueKind.String } value when bool.TryParse(value.AsString(), out var flag) => flag,
        { } value => throw WrongType(value, key, "true or false"),
    };

    /// <summary>Reads a non-negative integer. Returns null if the key is missing.</summary>
    public int? OptionalCount(string key) => table.Find(key) switch
    {
        null => null,
        { Kind: TomlValueKind.Integer } value when value.AsInteger() is >= 0 and <= int.MaxValue => (int)value.AsInteger(),
        { } value => throw WrongType(value, key, "an integer of 0 or more"),
    };

    public IReadOnlyList<string>? OptionalTexts(string key)
    {
        if (table.Find(key) is not { } value)
        {
            return null;
        }

        if (value.TryTexts() is { } texts)
        {
            return texts;
        }

        return value.Kind == TomlValueKind.Array
            ? value.AsArray().Select(item => item.Kind == TomlValueKind.String ? item.AsString() : throw WrongType(item, key, "a list of strings")).ToList()
            : throw WrongType(value, key, "a list of strings");
    }

    /// <summary>Returns a sub-table, or null if the key is missing.</summary>
    public TableReader? OptionalTable(string key) => table.Find(key) switch
    {
        null => null,
        { Kind: TomlValueKind.Table } value => new TableReader(value.AsTable(), path, what, name),
        { } value => throw WrongType(value, key, "a table"),
    };

    public IReadOnlyList<TomlTable> Tables(string key) =>
        table.Find(key) is { Kind: not TomlValueKind.Array } value ? throw WrongType(value, key, "an array of tables") : table.Array(key);

    public DataFileException Invalid(TomlPosition position, string problem) =>
        new(ErrorIds.InvalidData, path, position.Line, position.Column, problem);

    private DataFileException Missing(string key) =>
        Invalid(table.Find(key)?.Position ?? table.Position, $"{Description} has no '{key}'");

    private DataFileException WrongType(TomlValue value, string key, string wanted) =>
        Invalid(value.Position, $"'{key}' of {Description} is not {wanted}");
}

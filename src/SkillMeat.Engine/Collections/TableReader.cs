using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Reads typed values from a table of one of our files; what does not fit is an error that names the file, the place and the key.</summary>
/// <param name="table">The table.</param>
/// <param name="path">The file.</param>
/// <param name="describe">Says what the table describes, as messages call it; asked only for a message.</param>
internal sealed class TableReader(TomlTable table, string path, Func<string> describe)
{
    public TableReader(TomlTable table, string path, string what)
        : this(table, path, () => what)
    {
    }

    public TomlTable Table => table;

    /// <summary>Sees to it that a key is there, whatever it holds.</summary>
    public void Require(string key)
    {
        if (table.Find(key) is null)
        {
            throw Missing(key);
        }
    }

    public string RequiredText(string key) =>
        OptionalText(key) is { Length: > 0 } text ? text : throw Missing(key);

    /// <summary>A string, or a date as its text; null when the key is not there.</summary>
    public string? OptionalText(string key) => table.Find(key) switch
    {
        null => null,
        { Kind: TomlValueKind.String } value => value.AsString(),
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

    /// <summary>A whole number that is not negative; null when the key is not there.</summary>
    public int? OptionalCount(string key) => table.Find(key) switch
    {
        null => null,
        { Kind: TomlValueKind.Integer } value when value.AsInteger() is >= 0 and <= int.MaxValue => (int)value.AsInteger(),
        { } value => throw WrongType(value, key, "a whole number from 0"),
    };

    public IReadOnlyList<string>? OptionalTexts(string key)
    {
        if (table.Find(key) is not { } value)
        {
            return null;
        }

        return value.Kind == TomlValueKind.Array
            ? value.AsArray().Select(item => item.Kind == TomlValueKind.String ? item.AsString() : throw WrongType(item, key, "a list of strings")).ToList()
            : throw WrongType(value, key, "a list of strings");
    }

    /// <summary>A sub-table; null when the key is not there.</summary>
    public TableReader? OptionalTable(string key) => table.Find(key) switch
    {
        null => null,
        { Kind: TomlValueKind.Table } value => new TableReader(value.AsTable(), path, describe),
        { } value => throw WrongType(value, key, "a table"),
    };

    public IReadOnlyList<TomlTable> Tables(string key) =>
        table.Find(key) is { Kind: not TomlValueKind.Array } value ? throw WrongType(value, key, "an array of tables") : table.Array(key);

    public DataFileException Invalid(TomlPosition position, string problem) =>
        new(ErrorIds.InvalidData, path, position.Line, position.Column, problem);

    private DataFileException Missing(string key) =>
        Invalid(table.Find(key)?.Position ?? table.Position, $"{describe()} has no '{key}'");

    private DataFileException WrongType(TomlValue value, string key, string wanted) =>
        Invalid(value.Position, $"'{key}' of {describe()} is not {wanted}");
}

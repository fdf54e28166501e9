using System.Text;
using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>A value that was read from a document, or one to write. Immutable, except that a table belongs to its document.</summary>
internal sealed class TomlValue
{
    private readonly TomlDocument? _document;
    private readonly int _key = -1;
    private readonly int _start;
    private readonly int _end;
    private readonly object? _data;
    private readonly int _madeDepth;

    public TomlValue(TomlDocument document, int key, TomlValueKind kind, int start, int end, object? container)
    {
        _document = document;
        _key = key;
        _start = start;
        _end = end;
        _data = container;
        Kind = kind;
    }

    private TomlValue(TomlValueKind kind, object data, int depth = 0)
    {
        Kind = kind;
        _data = data;
        _madeDepth = depth;
    }

    public TomlValueKind Kind { get; }

    /// <summary>The position at which the value starts in the file that was read; <see cref="TomlPosition.None"/> for a value written since.</summary>
    public TomlPosition Position => _data switch
    {
        TomlTable table when _document is not null => table.Position,
        TomlTableArray { Block: null, Count: > 0 } array => array[0].Position,
        _ => _document?.PositionOf(_start) ?? TomlPosition.None,
    };

    /// <summary>The number of levels of arrays and tables in the value; 0 for a plain value.</summary>
    public int Depth => Kind switch
    {
        TomlValueKind.Array when _data is not TomlValue[] => 1 + DeepestOf(AsArray()),
        TomlValueKind.Table when _data is TomlTable => 1 + DeepestOf(Members.Select(member => member.Value)),
        _ => _madeDepth,
    };

    /// <summary>The keys and values of a table, in order. Those of a table in a document follow its changes, so copy them before changing the table.</summary>
    /// <exception cref="DataFileException">The value is not a table.</exception>
    public IEnumerable<KeyValuePair<string, TomlValue>> Members
    {
        get
        {
            Require(TomlValueKind.Table);
            return _data as KeyValuePair<string, TomlValue>[] ?? MembersOf((TomlTable)_data!);
        }
    }

    /// <summary>The elements of the value if all of them are tables, else null.</summary>
    public TomlTableArray? TableArray => _data as TomlTableArray;

    /// <summary>The number of keys of a table.</summary>
    /// <exception cref="DataFileException">The value is not a table.</exception>
    public int MemberCount
    {
        get
        {
            Require(TomlValueKind.Table);
            return _data is KeyValuePair<string, TomlValue>[] members ? members.Length : ((TomlTable)_data!).Count;
        }
    }

    /// <summary>Whether the value is not part of a document.</summary>
    public bool IsMade => _document is null && _data is not TomlTable;

    /// <summary>The bytes of the value in its document; empty for a value that was not read, and for tables.</summary>
    public ReadOnlySpan<byte> Token => _document is null ? default : _document.Text.Buffer.Slice(_start, _end);

    /// <exception cref="ArgumentException">The text has an unpaired surrogate.</exception>
    public static TomlValue Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Utf8Text.Require(value);
        return new TomlValue(TomlValueKind.String, value);
    }

    public static TomlValue Of(long value) => new(TomlValueKind.Integer, value);

    public static TomlValue Of(double value) => new(TomlValueKind.Float, value);

    public static TomlValue Of(bool value) => new(TomlValueKind.Boolean, value);

    /// <exception cref="ArgumentException">A text has an unpaired surrogate.</exception>
    public static TomlValue Of(IReadOnlyList<string> values) => Of(values.Select(Of).ToArray());

    public static TomlValue Of(IReadOnlyList<TomlValue> values) => new(TomlValueKind.Array, values.ToArray(), 1 + DeepestOf(values));

    /// <summary>Creates a table that has no document. It does not follow later changes of its values.</summary>
    /// <exception cref="ArgumentException">A key has an unpaired surrogate, or a value is nested too deeply.</exception>
    public static TomlValue Of(IReadOnlyDictionary<string, TomlValue> table)
    {
        foreach (var key in table.Keys) Utf8Text.Require(key);
        var depth = DeepestOf(table.Values);
        TomlDocument.RequireDepth(depth);
        // Where it is written with headers, the values under them come last.
        var members = table.Select(member => KeyValuePair.Create(member.Key, member.Value.Detach())).OrderBy(member => member.Value.Kind == TomlValueKind.Table || TomlData.IsListOfTables(member.Value));
        return new TomlValue(TomlValueKind.Table, members.ToArray(), 1 + depth);
    }

    public static TomlValue Of(TomlTable table) => new(TomlValueKind.Table, table);

    /// <exception cref="DataFileException">The value is not a string.</exception>
    public string AsString()
    {
        Require(TomlValueKind.String);
        return _data as string ?? StringSyntax.Decode(Token);
    }

    /// <exception cref="DataFileException">The value is not an integer.</exception>
    public long AsInteger()
    {
        Require(TomlValueKind.Integer);
        if (_data is long made) return made;
        NumberSyntax.TryInteger(Token, out var value);
        return value;
    }

    /// <exception cref="DataFileException">The value is not a float.</exception>
    public double AsFloat()
    {
        Require(TomlValueKind.Float);
        return _data is double made ? made : NumberSyntax.Float(Token);
    }

    /// <exception cref="DataFileException">The value is not a boolean.</exception>
    public bool AsBoolean()
    {
        Require(TomlValueKind.Boolean);
        return _data is bool made ? made : Token[0] == 't';
    }

    /// <summary>Returns a date, a time or both, as written in the file.</summary>
    /// <exception cref="DataFileException">The value is not a date or time.</exception>
    public string AsDateText()
    {
        var isDate = Kind is TomlValueKind.OffsetDateTime or TomlValueKind.LocalDateTime or TomlValueKind.LocalDate or TomlValueKind.LocalTime;
        return isDate ? Encoding.UTF8.GetString(Token) : throw Mismatch("a date or time");
    }

    /// <exception cref="DataFileException">The value is not an array.</exception>
    public IReadOnlyList<TomlValue> AsArray()
    {
        Require(TomlValueKind.Array);
        return _data switch
        {
            TomlValue[] made => made,
            TomlTableArray tables => tables.Select(t => new TomlValue(_document!, _key, TomlValueKind.Table, 0, 0, t)).ToArray(),
            _ => TomlParser.ReadElements(_document!, _key, _start, _end),
        };
    }

    /// <summary>Returns the elements of an array of strings, or null for another value.</summary>
    public string[]? TryTexts()
    {
        if (Kind != TomlValueKind.Array || _data is TomlTableArray) return null;
        if (_data is null) return TomlParser.ReadTexts(_document!, _start, _end);
        return AsArray() is var elements && elements.All(element => element.Kind == TomlValueKind.String) ? elements.Select(element => element.AsString()).ToArray() : null;
    }

    /// <summary>Returns the table; for one that was made without a document, a copy in a new document.</summary>
    /// <exception cref="DataFileException">The value is not a table.</exception>
    public TomlTable AsTable()
    {
        Require(TomlValueKind.Table);
        if (_data is TomlTable table) return table;
        var root = TomlDocument.Empty("").Root;
        foreach (var (key, value) in Members) root.Set(key, value);
        return root;
    }

    /// <summary>Returns the value, with copies instead of tables that can change.</summary>
    /// <param name="document">The only document whose tables are copied, or null for all.</param>
    public TomlValue Detach(TomlDocument? document = null) => _data switch
    {
        TomlTable table when document is null || table.Document == document => Of(MembersOf(table).ToDictionary()),
        TomlTableArray or TomlValue[] => Of(AsArray().Select(element => element.Detach(document)).ToArray()),
        _ => this,
    };

    /// <summary>Creates the error for a value of the wrong type.</summary>
    public Exception Mismatch(string wanted)
    {
        if (_document is null) return new InvalidOperationException($"The value is {Describe(Kind)}, not {wanted}.");
        var position = Position;
        var name = _document.Keys.Text(_key);
        var problem = $"'{name}' must be {wanted}, not {Describe(Kind)}";
        return new DataFileException(ErrorIds.InvalidData, _document.Path, position.Line, position.Column, problem);
    }

    private static IEnumerable<KeyValuePair<string, TomlValue>> MembersOf(TomlTable table) => table.Keys.Select(key => KeyValuePair.Create(key, table.Find(key)!));

    private static int DeepestOf(IEnumerable<TomlValue> values) => values.Select(value => value.Depth).DefaultIfEmpty().Max();

    private static string Describe(TomlValueKind kind) => kind switch
    {
        TomlValueKind.String => "a string",
        TomlValueKind.Integer => "an integer",
        TomlValueKind.Float => "a float",
        TomlValueKind.Boolean => "a boolean",
        TomlValueKind.Array => "an array",
        TomlValueKind.Table => "a table",
        TomlValueKind.LocalTime => "a time",
        _ => "a date",
    };

    private void Require(TomlValueKind kind)
    {
        if (Kind != kind) throw Mismatch(Describe(kind));
    }
}

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

    private TomlValue(TomlValueKind kind, object data)
    {
        Kind = kind;
        _data = data;
        _madeDepth = data is TomlValue[] elements ? 1 + DeepestOf(elements) : 0;
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
        TomlValueKind.Array when _data is TomlValue[] => _madeDepth,
        TomlValueKind.Array => 1 + DeepestOf(AsArray()),
        TomlValueKind.Table => 1 + DeepestOf(AsTable().Keys.Select(key => AsTable().Find(key)!)),
        _ => 0,
    };

    /// <summary>The elements of the value if all of them are tables, else null.</summary>
    public TomlTableArray? TableArray => _data as TomlTableArray;

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
    public static TomlValue Of(IReadOnlyList<string> values) => new(TomlValueKind.Array, values.Select(Of).ToArray());

    public static TomlValue Of(IReadOnlyList<TomlValue> values) => new(TomlValueKind.Array, values.ToArray());

    /// <exception cref="ArgumentException">A key has an unpaired surrogate, or a value is nested too deeply.</exception>
    public static TomlValue Of(IReadOnlyDictionary<string, TomlValue> table)
    {
        var root = TomlDocument.Empty("").Root;
        foreach (var (key, value) in table) root.Set(key, value);
        return Of(root);
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

    /// <exception cref="DataFileException">The value is not a table.</exception>
    public TomlTable AsTable()
    {
        Require(TomlValueKind.Table);
        return (TomlTable)_data!;
    }

    /// <summary>Creates the error for a value of the wrong type.</summary>
    public Exception Mismatch(string wanted)
    {
        if (_document is null) return new InvalidOperationException($"The value is {Describe(Kind)}, not {wanted}.");
        var position = Position;
        var name = _document.Keys.Text(_key);
        var problem = $"'{name}' must be {wanted}, not {Describe(Kind)}";
        return new DataFileException(ErrorIds.InvalidData, _document.Path, position.Line, position.Column, problem);
    }

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

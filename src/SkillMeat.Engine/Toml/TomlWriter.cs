using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillMeat.Toml;

/// <summary>Writes keys and values as Python's writer does, so that a file looks the same whichever program wrote a line.</summary>
internal sealed class TomlWriter(string newLine)
{
    private const string ArrayIndentation = "    ";

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Length => _bytes.WrittenCount;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public static ReadOnlySpan<byte> Bytes(TomlValue value, string newLine, ReadOnlySpan<byte> indentation, bool isOneLine)
    {
        var writer = new TomlWriter(newLine);
        writer.Value(value, Encoding.UTF8.GetString(indentation), isOneLine);
        return writer.Written;
    }

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Raw(string text) => Encoding.UTF8.GetBytes(text, _bytes);

    public void NewLine() => Raw(newLine);

    /// <summary>The dotted path from one table down to a key of another.</summary>
    public void Path(TomlTable from, TomlTable to, int key)
    {
        if (to != from)
        {
            Path(from, to.Parent!, to.Key);
            Raw("."u8);
        }

        Key(to.Document.Keys.Utf8(key));
    }

    public void Value(TomlValue value, string indentation, bool isOneLine)
    {
        switch (value.Kind)
        {
            case TomlValueKind.String: Text(value.AsString()); break;
            case TomlValueKind.Array: Array(value.AsArray(), indentation, isOneLine); break;
            case TomlValueKind.Table: Table(value); break;
            case TomlValueKind.Integer when value.Token.IsEmpty: Raw(value.AsInteger().ToString(CultureInfo.InvariantCulture)); break;
            case TomlValueKind.Float when value.Token.IsEmpty: Float(value.AsFloat()); break;
            case TomlValueKind.Boolean: Raw(value.AsBoolean() ? "true"u8 : "false"u8); break;
            default: Raw(value.Token); break;
        }
    }

    private void Key(ReadOnlySpan<byte> key)
    {
        if (TomlScanner.IsBareKey(key)) Raw(key);
        else Text(Encoding.UTF8.GetString(key));
    }

    private void Text(string text)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': escaped.Append("\\\""); break;
                case '\\': escaped.Append("\\\\"); break;
                case '\b': escaped.Append("\\b"); break;
                case '\n': escaped.Append("\\n"); break;
                case '\f': escaped.Append("\\f"); break;
                case '\r': escaped.Append("\\r"); break;
                case '\t': escaped.Append(c); break;
                case < ' ' or '\x7f': escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: escaped.Append(c); break;
            }
        }

        Raw(escaped.Append('"').ToString());
    }

    private void Float(double value)
    {
        if (double.IsNaN(value))
        {
            Raw("nan"u8);
        }
        else if (double.IsInfinity(value))
        {
            Raw(value > 0 ? "inf"u8 : "-inf"u8);
        }
        else
        {
            var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
            Raw(text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0");
        }
    }

    private void Array(IReadOnlyList<TomlValue> elements, string indentation, bool isOneLine)
    {
        if (elements.Count == 0)
        {
            Raw("[]"u8);
            return;
        }

        if (isOneLine)
        {
            Raw("["u8);
            for (var i = 0; i < elements.Count; i++)
            {
                if (i > 0) Raw(", "u8);
                Value(elements[i], indentation, isOneLine: true);
            }

            Raw("]"u8);
            return;
        }

        Raw("["u8);
        NewLine();
        foreach (var element in elements)
        {
            Raw(indentation + ArrayIndentation);
            Value(element, indentation + ArrayIndentation, isOneLine: false);
            Raw(","u8);
            NewLine();
        }

        Raw(indentation + "]");
    }

    private void Table(TomlValue table)
    {
        var separator = "{ ";
        foreach (var (key, value) in table.Members)
        {
            Raw(separator);
            Key(Encoding.UTF8.GetBytes(key));
            Raw(" = "u8);
            Value(value, "", isOneLine: true);
            separator = ", ";
        }

        Raw(separator == ", " ? " }" : "{}");
    }
}

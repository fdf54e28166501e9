using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkillMeat.Projects.Json;

/// <summary>Writes JSON values in one form, so that equal values have equal texts whatever their order, spaces and escapes were.</summary>
internal static class JsonForm
{
    private static readonly JsonWriterOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the text of a value: without spaces, members by name.</summary>
    public static string Of(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _readable)) Write(json, value);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Returns the text of a value over several lines, members in their order.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">The indentation of a level.</param>
    /// <param name="newLine">The line ending.</param>
    /// <param name="indent">The indentation of the line on which the value begins.</param>
    public static string Indented(JsonElement value, string unit, string newLine, string indent)
    {
        var inner = indent + unit;
        return value.ValueKind switch
        {
            JsonValueKind.Object when value.EnumerateObject().Any() =>
                $"{{{newLine}{string.Join("," + newLine, value.EnumerateObject().Select(member => $"{inner}{Text(member.Name)}: {Indented(member.Value, unit, newLine, inner)}"))}{newLine}{indent}}}",
            JsonValueKind.Array when value.GetArrayLength() > 0 =>
                $"[{newLine}{string.Join("," + newLine, value.EnumerateArray().Select(element => inner + Indented(element, unit, newLine, inner)))}{newLine}{indent}]",
            JsonValueKind.Object => "{}",
            JsonValueKind.Array => "[]",
            _ => Of(value),
        };
    }

    /// <summary>Returns a text in quotes.</summary>
    public static string Text(string text)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _readable)) json.WriteStringValue(text);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                // Of two members of one name, the last one counts.
                foreach (var member in value.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).Select(same => same.Last()).OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var element in value.EnumerateArray()) Write(json, element);
                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}

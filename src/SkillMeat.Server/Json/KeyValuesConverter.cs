using System.Text.Json;
using System.Text.Json.Serialization;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>Writes values of a manifest as an object, with their keys as they are.</summary>
internal sealed class KeyValuesConverter : JsonConverter<KeyValues>
{
    public override KeyValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("These values are only written.");

    public override void Write(Utf8JsonWriter writer, KeyValues value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WritePropertyName(key);
            WriteItem(writer, item, options);
        }

        writer.WriteEndObject();
    }

    private void WriteItem(Utf8JsonWriter writer, object item, JsonSerializerOptions options)
    {
        switch (item)
        {
            case KeyValues values:
                Write(writer, values, options);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case System.Collections.IEnumerable items:
                writer.WriteStartArray();
                foreach (var one in items) WriteItem(writer, one, options);
                writer.WriteEndArray();
                break;
            default:
                // JSON has no infinity and no NaN.
                writer.WriteStringValue(Convert.ToString(item, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}

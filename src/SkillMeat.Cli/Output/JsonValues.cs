using System.Globalization;
using System.Text.Json;

namespace SkillMeat.Cli.Output;

/// <summary>How values of our results are written as JSON.</summary>
internal static class JsonValues
{
    /// <summary>Hands over what was written so far, so that a long list is not held in memory as a whole.</summary>
    public static void FlushWhenLarge(this Utf8JsonWriter json)
    {
        if (json.BytesPending > 64 * 1024)
        {
            json.Flush();
        }
    }

    /// <summary>A UTC time, ISO 8601 with <c>Z</c>.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A value of an enumeration as JSON spells it: <c>kept_local</c>.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static void WriteMilliseconds(this Utf8JsonWriter json, string name, TimeSpan duration) =>
        json.WriteNumber(name, Math.Round(duration.TotalMilliseconds, 3));

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteFlag(this Utf8JsonWriter json, string name, bool? flag)
    {
        if (flag is { } value)
        {
            json.WriteBoolean(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Field values: text, lists of texts, flags, nothing.</summary>
    public static void WriteFields(this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, object?> fields)
    {
        json.WriteStartObject(name);
        foreach (var (field, value) in fields)
        {
            switch (value)
            {
                case IEnumerable<string> texts:
                    json.WriteTexts(field, texts);
                    break;
                case bool flag:
                    json.WriteBoolean(field, flag);
                    break;
                case string text:
                    json.WriteString(field, text);
                    break;
                case null:
                    json.WriteNull(field);
                    break;
                default:
                    throw new ArgumentException($"A field of type {value.GetType().Name} has no JSON form.", nameof(fields));
            }
        }

        json.WriteEndObject();
    }
}

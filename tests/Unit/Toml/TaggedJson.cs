using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SkillMeat.Toml;

namespace SkillMeat.Tests.Toml;

/// <summary>The test suite's form of a document, in which each value has its type.</summary>
internal static partial class TaggedJson
{
    public static JsonObject Of(TomlTable table)
    {
        var json = new JsonObject();
        foreach (var key in table.Keys) json.Add(key, Of(table.Find(key)!));
        return json;
    }

    /// <summary>Both sides of a comparison in one spelling, since floats and times have several.</summary>
    public static JsonNode Normalized(JsonNode node)
    {
        if (node is JsonArray array) return new JsonArray(array.Select(e => Normalized(e!)).ToArray());
        var json = node.AsObject();
        var isTagged = json.Count == 2 && json["type"] is JsonValue && json["value"] is JsonValue;
        if (!isTagged) return new JsonObject(json.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Normalized(p.Value!))));

        var type = json["type"]!.GetValue<string>();
        return new JsonObject { ["type"] = type, ["value"] = Normalized(type, json["value"]!.GetValue<string>()) };
    }

    private static JsonNode Of(TomlValue value) => value.Kind switch
    {
        TomlValueKind.Table => Of(value.AsTable()),
        TomlValueKind.Array => new JsonArray(value.AsArray().Select(Of).ToArray()),
        TomlValueKind.String => Tagged("string", value.AsString()),
        TomlValueKind.Integer => Tagged("integer", value.AsInteger().ToString(CultureInfo.InvariantCulture)),
        TomlValueKind.Float => Tagged("float", value.AsFloat().ToString("R", CultureInfo.InvariantCulture)),
        TomlValueKind.Boolean => Tagged("bool", value.AsBoolean() ? "true" : "false"),
        TomlValueKind.OffsetDateTime => Tagged("datetime", value.AsDateText()),
        TomlValueKind.LocalDateTime => Tagged("datetime-local", value.AsDateText()),
        TomlValueKind.LocalDate => Tagged("date-local", value.AsDateText()),
        _ => Tagged("time-local", value.AsDateText()),
    };

    private static JsonObject Tagged(string type, string value) => new() { ["type"] = type, ["value"] = value };

    private static string Normalized(string type, string value) => type switch
    {
        "float" when value.TrimStart('+', '-') is "nan" or "NaN" => "nan",
        "float" when value.TrimStart('+') is "inf" or "Infinity" => "inf",
        "float" when value is "-inf" or "-Infinity" => "-inf",
        "float" => double.Parse(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        "datetime" or "datetime-local" or "time-local" => TrailingZeros().Replace(value.ToUpperInvariant().Replace(' ', 'T').Replace("Z", "+00:00", StringComparison.Ordinal), "$1"),
        _ => value,
    };

    [GeneratedRegex(@"(?:(\.\d*?[1-9])0+|\.0+)(?=$|[+-])")]
    private static partial Regex TrailingZeros();
}

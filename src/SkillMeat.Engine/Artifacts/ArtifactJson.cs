using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkillMeat.Artifacts;

/// <summary>The JSON files that configure hooks and MCP servers, and describe workflows.</summary>
internal static class ArtifactJson
{
    private static readonly JsonWriterOptions _readableByYaml = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a JSON text so that it is YAML as well, which one that is indented with tabs is not.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string ToYaml(string text)
    {
        using var json = JsonDocument.Parse(text);
        var yaml = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(yaml, _readableByYaml))
        {
            json.RootElement.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(yaml.WrittenSpan);
    }

    /// <summary>Says why a text is not a JSON object; null when it is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="objectKey">A key that may hold an object.</param>
    /// <param name="hasObject">Whether it does.</param>
    public static string? Describe(string text, string objectKey, out bool hasObject)
    {
        hasObject = false;
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "is not a JSON object";
            }

            hasObject = json.RootElement.TryGetProperty(objectKey, out var value) && value.ValueKind == JsonValueKind.Object;
            return null;
        }
        catch (JsonException e)
        {
            return $"is not valid JSON (line {e.LineNumber + 1})";
        }
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkillMeat.Artifacts;

/// <summary>Reads the JSON files that configure hooks and MCP servers or describe workflows.</summary>
internal static class ArtifactJson
{
    private static readonly JsonWriterOptions _readableByYaml = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reformats JSON text so that it is YAML as well. JSON indented with tabs is not.</summary>
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

    /// <summary>Describes why a text is not a JSON object, or returns null if it is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="objectKey">The key to look for.</param>
    /// <param name="hasObject">Whether the value of this key is an object, there or in a plugin of a marketplace.</param>
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

            hasObject = SettingsJson.FindOwners(json.RootElement, objectKey).Any();
            return null;
        }
        catch (JsonException e)
        {
            return $"is not valid JSON (line {e.LineNumber + 1})";
        }
        catch (InvalidOperationException)
        {
            return "is not valid JSON (a text in it contains half a surrogate pair)";
        }
    }
}

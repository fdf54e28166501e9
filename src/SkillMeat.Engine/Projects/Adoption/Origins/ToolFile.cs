using System.Globalization;
using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Reads the JSON files in which other programs record what they installed. One that cannot be read is a warning, and passed over. Not thread-safe.</summary>
/// <param name="warnings">Collects the warnings.</param>
internal sealed class ToolFile(ICollection<string> warnings)
{
    // Far more than thousands of records.
    private const int MostBytes = 32 << 20;

    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a file of a known version.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="version">The value of its key <c>version</c>; null if it has no such key.</param>
    /// <returns>The JSON object, or null if there is no file or it cannot be read.</returns>
    public JsonElement? Read(string path, int? version)
    {
        if (!Disk.HasEntry(path)) return null;
        try
        {
            var bytes = StorageGuard.Run("read", path, () => RegularFile.ReadAllBytes(path, MostBytes)).AsMemory();
            if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            using var json = JsonDocument.Parse(bytes, _lenient);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return Refuse(path, "it is not a JSON object");
            if (version is { } known && Find(json.RootElement, "version") is var found && !(found is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value == known))
            {
                var text = found is { } other ? VisibleText.Line(other.GetRawText()) : "missing";
                return Refuse(path, string.Create(CultureInfo.InvariantCulture, $"its version is {(text.Length > 20 ? "not known" : text)}, and only version {known} can be read"));
            }

            return json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return Refuse(path, string.Create(CultureInfo.InvariantCulture, $"it is not valid JSON (line {e.LineNumber + 1})"));
        }
        catch (InvalidOperationException)
        {
            return Refuse(path, "it is not valid JSON");
        }
        catch (StorageException e)
        {
            return Refuse(path, e.Message);
        }
    }

    /// <summary>Reports an entry that cannot be used.</summary>
    public void WarnOfEntry(string path, string entry, string problem) => warnings.Add($"The record of '{VisibleText.Line(entry)}' in '{path}' was passed over: {problem}.");

    private void Warn(string path, string problem) => warnings.Add($"The records in '{path}' were passed over: {problem}.");

    /// <summary>Returns the value of a key of an object, or null.</summary>
    public static JsonElement? Find(JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return json.TryGetProperty(key, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Another key has half a surrogate pair.
            return Members(json).Where(member => member.Name == key).Select(member => (JsonElement?)member.Value).LastOrDefault();
        }
    }

    /// <summary>Returns the text of a key of an object, or null if there is none.</summary>
    public static string? Text(JsonElement json, string key) => Find(json, key) is { ValueKind: JsonValueKind.String } value ? Text(value) : null;

    /// <summary>Returns a text, or null if it is no text, or empty, or has half a surrogate pair or control characters.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString() is { Length: > 0 } text && !ControlCharacters.AreIn(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns the members of an object, or nothing if it is none.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.Object } found) yield break;
        foreach (var member in found.EnumerateObject())
        {
            if (NameOf(member) is { } name) yield return (name, member.Value);
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonElement? Refuse(string path, string problem)
    {
        Warn(path, problem);
        return null;
    }
}

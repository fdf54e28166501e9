using System.Text.Json;
using System.Text.RegularExpressions;

namespace SkillMeat.Artifacts;

/// <summary>Finds and replaces the variable with which commands of hooks and servers name the files of their plugin.</summary>
internal static partial class PluginReferences
{
    private const string EndsOfName = " \t\r\n;|&<>()`$*?:,";
    private const string Quotes = "\"'";

    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Finds the references in the settings of a type.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="key">The key of the type.</param>
    /// <returns>The references. None if the file is invalid, which is reported elsewhere.</returns>
    public static IReadOnlyList<PluginReference> Find(string text, string key)
    {
        if (!text.Contains(PluginLayout.RootVariable, StringComparison.Ordinal)) return [];
        try
        {
            using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'), _lenient);
            var settings = SettingsJson.FindOwners(json.RootElement, key).Select(one => one.Owner.GetProperty(key)).ToList();
            return [.. (settings.Count > 0 ? settings : [json.RootElement]).SelectMany(Find)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>Finds the references in a value.</summary>
    /// <exception cref="InvalidOperationException">A text has half of a surrogate pair.</exception>
    public static IEnumerable<PluginReference> Find(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Find),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Find(member.Value)),
        JsonValueKind.String => FindIn(value.GetString()!),
        _ => [],
    };

    /// <summary>Whether a file in the folder of hooks of a plugin uses files outside of that folder.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="key">The key of its type.</param>
    public static bool LeaveHooks(string text, string key) => Find(text, key).Any(one => !one.IsInHooks);

    /// <summary>Replaces the variable in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="root">The path of the copy.</param>
    /// <param name="isHooksFolder">Whether the copy is the folder of hooks of the plugin instead of the plugin.</param>
    public static string Replace(string text, string root, bool isHooksFolder) => text.Contains(PluginLayout.RootVariable, StringComparison.Ordinal)
        ? Variable().Replace(text, match => isHooksFolder && match.Groups["hooks"].Success ? root + match.Groups["quote"].Value : root + match.Groups["hooks"].Value)
        : text;

    /// <summary>Returns a path with <c>/</c> and without empty parts; null if it leads out of its folder.</summary>
    public static string? Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', '\\').Where(part => part is not ("" or ".")))
        {
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else return null;
        }

        return string.Join('/', parts);
    }

    private static IEnumerable<PluginReference> FindIn(string text)
    {
        foreach (Match mention in Mention().Matches(text))
        {
            var isReplaced = mention.Groups["variable"].Success;
            var rest = text[(mention.Index + mention.Length)..];
            // The variable alone can be in quotes.
            if (rest.Length > 0 && Quotes.Contains(rest[0], StringComparison.Ordinal)) rest = rest[1..];
            if (!isReplaced || rest.Length == 0 || rest[0] is not ('/' or '\\')) rest = "";
            var line = UpTo(rest, Quotes);
            yield return new PluginReference([.. new[] { Normalize(NameIn(line)), Normalize(line) }.Distinct(StringComparer.Ordinal)], isReplaced);
        }
    }

    // Of a name that the shell completes, only the folders above are known.
    private static string NameIn(string line)
    {
        var name = UpTo(line, EndsOfName);
        return name.Length < line.Length && line[name.Length] is '$' or '`' or '*' or '?' ? name[..(name.LastIndexOfAny(['/', '\\']) + 1)] : name;
    }

    private static string UpTo(string text, string ends) => text.IndexOfAny(ends.ToCharArray()) is >= 0 and var end ? text[..end] : text;

    [GeneratedRegex($@"(?<variable>\$\{{{PluginLayout.RootVariable}\}}|\${PluginLayout.RootVariable}\b)|\b{PluginLayout.RootVariable}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex($@"(?:\$\{{{PluginLayout.RootVariable}\}}|\${PluginLayout.RootVariable}\b)(?<hooks>(?<quote>[""']?)[/\\]+(?:\.[/\\]+)*{PluginLayout.Hooks}(?![^/\\\s""';|&<>()`:,]))?", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}

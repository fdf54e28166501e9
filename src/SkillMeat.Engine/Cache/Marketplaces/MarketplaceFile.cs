using System.Globalization;
using System.Text;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Projects.Adoption.Origins;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The content of a file <c>marketplace.json</c>. It comes from strangers, so an entry that is not valid is a plugin with a problem.</summary>
/// <param name="Name">The name that it gives itself, or null.</param>
/// <param name="Description">The description, or null.</param>
/// <param name="Version">The version, or null.</param>
/// <param name="Plugins">The plugins, in order.</param>
/// <remarks>Immutable.</remarks>
internal sealed record MarketplaceFile(string? Name, string? Description, string? Version, IReadOnlyList<MarketplacePlugin> Plugins)
{
    /// <summary>The longest file, in bytes. The largest public one has 0.3 MB.</summary>
    public const int MostBytes = 8 << 20;

    private const int MostPlugins = 10_000;
    private const int LongestText = 2000;

    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Parses a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shown">The name of the file for errors.</param>
    /// <param name="plugins">Reads the entries of plugins.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidData"/>: it is not JSON, has no list of plugins, or is too large.</exception>
    public static MarketplaceFile Parse(string text, string shown, PluginEntryReader plugins)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes) throw Invalid(shown, string.Create(CultureInfo.InvariantCulture, $"it has more than {MostBytes >> 20} MB"));
        try
        {
            using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'), _lenient);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw Invalid(shown, "it is not a JSON object");
            if (ToolFile.Find(root, "plugins") is not { ValueKind: JsonValueKind.Array } entries) throw Invalid(shown, "it has no list 'plugins'");
            if (entries.GetArrayLength() > MostPlugins) throw Invalid(shown, string.Create(CultureInfo.InvariantCulture, $"it has more than {MostPlugins} plugins"));
            var metadata = ToolFile.Find(root, "metadata") ?? default;
            var read = plugins.Read([.. entries.EnumerateArray()], ToolFile.Text(metadata, "pluginRoot") ?? "");
            return new MarketplaceFile(ToolFile.Text(root, "name"), TextOf(root, "description") ?? TextOf(metadata, "description"), ToolFile.Text(root, "version") ?? ToolFile.Text(metadata, "version"), read);
        }
        catch (JsonException e)
        {
            throw Invalid(shown, string.Create(CultureInfo.InvariantCulture, $"it is not valid JSON (line {e.LineNumber + 1})"));
        }
    }

    /// <summary>Returns a text for people, on one line and not too long; null if there is none.</summary>
    public static string? TextOf(JsonElement json, string key)
    {
        if (ToolFile.Find(json, key) is not { ValueKind: JsonValueKind.String } value) return null;
        try
        {
            return Shorten(value.GetString());
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Brings a text for people to one line and a limited length; null if nothing remains.</summary>
    public static string? Shorten(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var line = new string([.. text.Trim().Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[LongestText - 2]) ? LongestText - 2 : LongestText - 1), "…");
    }

    private static SkillMeatException Invalid(string shown, string problem) => new(ErrorIds.InvalidData, $"'{shown}' is not a valid marketplace: {problem}.");
}

using System.Text.Json;
using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Projects.Adoption.Origins;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>Reads the plugins in a marketplace.</summary>
/// <param name="context">The context of short forms.</param>
/// <param name="kind">The kind of the marketplace. One at an address has no folder for its plugins.</param>
/// <param name="isOwn">Whether the user of this machine wrote it, so that it may name repositories by ssh.</param>
internal sealed class PluginEntryReader(SourceContext context, MarketplaceKind kind, bool isOwn)
{
    private const int LongestName = 200;
    private const int MostTags = 50;

    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly SourceText _sources = new(context);

    /// <summary>Reads the entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="root">The folder that relative sources start from, as the file names it.</param>
    public IReadOnlyList<MarketplacePlugin> Read(IReadOnlyList<JsonElement> entries, string root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var above = root.Length == 0 ? "" : PluginFiles.Join("", root);
        return [.. entries.Select((entry, i) => Read(entry, i, above) is var plugin && plugin.Problem is null && !names.Add(PortableName.Key(plugin.Name)) ? Refuse(plugin, "another plugin of the marketplace has the same name") : plugin)];
    }

    /// <summary>Returns the version in the file of a plugin, or null if it has none or is not valid.</summary>
    public static string? FindVersion(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'), _lenient);
            return ToolFile.Text(json.RootElement, "version") is { Length: <= LongestName } version ? version : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private MarketplacePlugin Read(JsonElement entry, int index, string? above)
    {
        var number = FormattableString.Invariant($"#{index + 1}");
        if (entry.ValueKind != JsonValueKind.Object) return new MarketplacePlugin(number) { Problem = "its entry is not a JSON object" };
        if (ToolFile.Find(entry, "name") is not { ValueKind: JsonValueKind.String }) return new MarketplacePlugin(number) { Problem = "it has no name" };
        var name = ToolFile.Text(entry, "name");
        if (name is null || name.Trim().Length == 0 || name.Length > LongestName || VisibleText.FindHidden(name) is not null)
        {
            return new MarketplacePlugin(name is null || name.Length > LongestName ? number : VisibleText.Line(name)) { Problem = "its name is empty, too long, or has invisible or control characters" };
        }

        var plugin = new MarketplacePlugin(name)
        {
            Version = ToolFile.Text(entry, "version") is { Length: <= LongestName } version ? version : null,
            Description = MarketplaceFile.TextOf(entry, "description"),
            Category = ToolFile.Text(entry, "category") is { Length: <= LongestName } category ? category : null,
            Tags = [.. TextsOf(entry, "tags").Concat(TextsOf(entry, "keywords")).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTags)],
        };
        try
        {
            var named = PluginFiles.OfPlugin(entry, "").Distinct().ToList();
            plugin = plugin with { Named = named, HasOnlyNamed = named.Count > 0 && ToolFile.Find(entry, "strict") is { ValueKind: JsonValueKind.False } };
        }
        catch (InvalidOperationException)
        {
            return Refuse(plugin, "its paths are not valid text");
        }

        return ToolFile.Find(entry, "source") switch
        {
            { ValueKind: JsonValueKind.String } folder => InMarketplace(plugin, ToolFile.Text(folder), above),
            { ValueKind: JsonValueKind.Object } source => Elsewhere(plugin, source),
            _ => Refuse(plugin, "it has no source"),
        };
    }

    private MarketplacePlugin InMarketplace(MarketplacePlugin plugin, string? folder, string? above)
    {
        if (kind == MarketplaceKind.Address) return Refuse(plugin, "it lies beside the marketplace's file, of which only the address is registered. Register the repository instead");
        // A name alone is below the root that the file names; a path that begins with a dot is one from the marketplace.
        if (above is null || folder is null || PluginFiles.Join(above, folder) is not { } path) return Refuse(plugin, $"its source '{Shown(folder)}' is not a path in the marketplace");
        return plugin with { Folder = path };
    }

    private MarketplacePlugin Elsewhere(MarketplacePlugin plugin, JsonElement source)
    {
        var named = ToolFile.Text(source, "source");
        var address = named switch
        {
            "github" => ToolFile.Text(source, "repo"),
            "url" or "git" or "git-subdir" => ToolFile.Text(source, "url"),
            _ => null,
        };
        if (named is "npm" or "pip") return Refuse(plugin, $"it is a package of {named}, whose files are in no repository");
        if (address is null) return Refuse(plugin, named is "github" or "url" or "git" or "git-subdir" ? "its source names no repository" : $"its source is of an unknown kind, '{Shown(named)}'");
        if (named == "git-subdir" && ToolFile.Text(source, "path") is null) return Refuse(plugin, "its source names no path");
        if (ToolFile.Find(source, "path") is { } path && (ToolFile.Text(path) is not { } below || PluginFiles.Join("", below) is null)) return Refuse(plugin, "its path is not one in a repository");
        var (reference, sha) = (ToolFile.Text(source, "ref"), RefSpec.Parse(ToolFile.Text(source, "sha")));
        // The commit is what the marketplace stands for, wherever the branch is now.
        var follows = sha.IsFullCommit ? sha.Name : RefSpec.Parse(reference).Name;
        var folder = PluginFiles.Join("", ToolFile.Text(source, "path") ?? ".")!;
        if (_sources.OfRepository(address, folder, follows) is not { } found) return Refuse(plugin, $"its source '{Shown(SourceText.WithoutSecrets(address))}' is not the address of a repository");
        if (found.Repository.IsSsh && !isOwn) return Refuse(plugin, "its repository is reached by ssh, which is only used for marketplaces on this machine, and those that are reached by ssh themselves");
        return plugin with { Source = found with { Version = follows } };
    }

    private static MarketplacePlugin Refuse(MarketplacePlugin plugin, string problem) => plugin with { Folder = null, Source = null, Problem = problem };

    private static string Shown(string? text) => VisibleText.Line(text is { Length: > 80 } ? text[..80] + "…" : text);

    private static IEnumerable<string> TextsOf(JsonElement entry, string key) => ToolFile.Find(entry, key) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(ToolFile.Text).OfType<string>().Where(text => text.Length <= LongestName),
        { ValueKind: JsonValueKind.String } one when ToolFile.Text(one) is { Length: <= LongestName } text => [text],
        _ => [],
    };
}

using SkillMeat.Collections;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts;

/// <summary>Builds <c>metadata.extra</c> from front matter, as Python SkillMeat does: the keys for which its metadata has no field, and a copy of the whole front matter.</summary>
internal static class FrontMatterExtra
{
    /// <summary>The spellings of the key for the list of tools, the preferred one first.</summary>
    public static readonly IReadOnlyList<string> ToolsKeys = ["tools", "allowed-tools", "allowedTools"];

    private static readonly HashSet<string> _toolLists = [.. ToolsKeys, "disallowed-tools", "disallowedTools"];

    /// <summary>Keys with a boolean value, in any YAML 1.1 spelling.</summary>
    private static readonly HashSet<string> _flags = ["disable-model-invocation", "user-invocable"];

    private static readonly HashSet<string> _inMetadata = ["title", "description", "author", "license", "licence", "version", "tags", "dependencies", .. ToolsKeys];

    /// <summary>Keys that programs write. Front matter must not set them.</summary>
    private static readonly HashSet<string> _reserved = ["frontmatter", "frontmatter_tools", "tags_imported", "tags_imported_at", "fields_of_repository", ArtifactTable.LinkedPathsKey, ArtifactTable.LinkBoundaryKey];

    /// <summary>The top-level keys of the copy, in order. All other keys go into the copy's own <c>extra</c>.</summary>
    private static readonly IReadOnlyList<string> _copied =
        ["name", "title", "description", "tools", "model", "skills", "author", "license", "version", "tags", "category", "deprecated", "dependencies"];

    public static IReadOnlyDictionary<string, TomlValue> Make(ArtifactDescription description, IReadOnlyDictionary<string, FrontMatterValue> values)
    {
        var extra = new Dictionary<string, TomlValue>(StringComparer.Ordinal);
        if (values.Count == 0)
        {
            return extra;
        }

        if (description.Tools.Count > 0)
        {
            extra.Add("frontmatter_tools", TomlValue.Of(description.Tools));
        }

        extra.Add("frontmatter", TomlValue.Of(Copy(description, values)));
        foreach (var (key, value) in values.Where(v => !_inMetadata.Contains(v.Key) && !_reserved.Contains(v.Key)))
        {
            extra.Add(key, Normalize(description, key) ?? Normalize(key, value));
        }

        return extra;
    }

    /// <summary>Fills what could not be read of front matter, also in its copy.</summary>
    /// <param name="extra">The keys that could be read.</param>
    /// <param name="earlier">Those of an earlier version.</param>
    public static IReadOnlyDictionary<string, TomlValue> Fill(IReadOnlyDictionary<string, TomlValue> extra, IReadOnlyDictionary<string, TomlValue> earlier)
    {
        var filled = earlier.Where(pair => !extra.ContainsKey(pair.Key)).Concat(extra).ToDictionary(StringComparer.Ordinal);
        foreach (var key in (string[])[ArtifactTable.FrontMatterKey, ArtifactTable.ExtraKey])
        {
            if (extra.GetValueOrDefault(key) is not { Kind: TomlValueKind.Table } now || earlier.GetValueOrDefault(key) is not { Kind: TomlValueKind.Table } before) continue;
            filled[key] = TomlValue.Of(Fill(now.Members.ToDictionary(StringComparer.Ordinal), before.Members.ToDictionary(StringComparer.Ordinal)));
        }

        return filled;
    }

    /// <summary>Reads the copy of the front matter that a manifest has, as the description that it was made of; null if there is none.</summary>
    public static ArtifactDescription? ReadCopy(Artifact artifact)
    {
        if (artifact.Extra.GetValueOrDefault(ArtifactTable.FrontMatterKey) is not KeyValues copy) return null;
        var others = copy.GetValueOrDefault(ArtifactTable.ExtraKey) as KeyValues ?? KeyValues.None;
        var extra = copy.Where(pair => pair.Key != ArtifactTable.ExtraKey).Concat(others).Where(pair => !_inMetadata.Contains(pair.Key) && !_reserved.Contains(pair.Key))
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => ToToml(pair.Value), StringComparer.Ordinal);
        extra.Add(ArtifactTable.FrontMatterKey, ToToml(copy));
        var tools = TextsIn(copy, "tools");
        if (tools.Count > 0) extra.Add("frontmatter_tools", TomlValue.Of(tools));
        return new ArtifactDescription
        {
            Name = TextIn(copy, "name"),
            Title = TextIn(copy, "title"),
            Description = TextIn(copy, "description"),
            Author = TextIn(copy, "author"),
            License = TextIn(copy, "license"),
            Version = TextIn(copy, "version"),
            Category = TextIn(copy, "category"),
            Deprecated = copy.GetValueOrDefault("deprecated") as bool?,
            Tags = TextsIn(copy, "tags"),
            Tools = tools,
            Dependencies = TextsIn(copy, "dependencies"),
            Extra = extra,
        };
    }

    private static string? TextIn(KeyValues values, string key) => values.GetValueOrDefault(key) as string;

    private static TextValues TextsIn(KeyValues values, string key) => values.GetValueOrDefault(key) as TextValues ?? [];

    private static TomlValue ToToml(object value) => value switch
    {
        string text => TomlValue.Of(text),
        long number => TomlValue.Of(number),
        double number => TomlValue.Of(number),
        bool flag => TomlValue.Of(flag),
        TextValues texts => TomlValue.Of(texts),
        KeyValues values => TomlValue.Of(values.ToDictionary(pair => pair.Key, pair => ToToml(pair.Value), StringComparer.Ordinal)),
        IEnumerable<object> items => TomlValue.Of(items.Select(ToToml).ToList()),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such value in a manifest."),
    };

    private static Dictionary<string, TomlValue> Copy(ArtifactDescription description, IReadOnlyDictionary<string, FrontMatterValue> values)
    {
        var copy = new Dictionary<string, TomlValue>(StringComparer.Ordinal);
        foreach (var key in _copied)
        {
            if ((Normalize(description, key) ?? values.GetValueOrDefault(key)?.Value) is { } value && (key != "category" || values.ContainsKey(key)))
            {
                copy.Add(key, value);
            }
        }

        var others = values.Where(v => !_copied.Contains(v.Key) && !_inMetadata.Contains(v.Key)).ToDictionary(v => v.Key, v => Normalize(v.Key, v.Value));
        if (others.Count > 0)
        {
            copy.Add("extra", TomlValue.Of(others));
        }

        return copy;
    }

    /// <summary>The normalized value of a key that the description has, or null.</summary>
    private static TomlValue? Normalize(ArtifactDescription description, string key) => key switch
    {
        "name" => Text(description.Name),
        "title" => Text(description.Title),
        "description" => Text(description.Description),
        "author" => Text(description.Author),
        "license" => Text(description.License),
        "version" => Text(description.Version),
        "category" => Text(description.Category),
        "deprecated" => description.Deprecated is { } deprecated ? TomlValue.Of(deprecated) : null,
        "tools" => Texts(description.Tools),
        "tags" => Texts(description.Tags),
        "dependencies" => Texts(description.Dependencies),
        _ => null,
    };

    /// <summary>The normalized value of a key for which the manifest has no field.</summary>
    private static TomlValue Normalize(string key, FrontMatterValue value)
    {
        if (_toolLists.Contains(key))
        {
            return Texts(TextList.ToolsOf(value)) ?? value.Value;
        }

        return _flags.Contains(key) && FrontMatterFlag.Read(value.Text) is { } flag ? TomlValue.Of(flag) : value.Value;
    }

    private static TomlValue? Text(string? text) => text is null ? null : TomlValue.Of(text);

    private static TomlValue? Texts(TextValues texts) => texts.Count > 0 ? TomlValue.Of(texts) : null;
}

using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>The table of an artifact in a manifest: its keys, and a new one in the order of Python SkillMeat.</summary>
internal static class ArtifactTable
{
    public const string MetadataKey = "metadata";
    public const string ExtraKey = "extra";
    public const string FrontMatterKey = "frontmatter";
    public const string FieldsOfRepositoryKey = "fields_of_repository";
    public const string FieldsOfUserKey = "fields_of_user";
    public const string RemovedTagsKey = "tags_removed";
    public const string LinkedPathsKey = "linked_paths";
    public const string LinkBoundaryKey = "link_boundary";

    public static void Write(TomlTable table, NewArtifact artifact, DateTimeOffset now)
    {
        SetText(table, "name", artifact.Id.Name);
        SetText(table, "type", artifact.Id.Type.Name);
        SetText(table, "path", artifact.Path);
        SetText(table, "origin", artifact.Origin);
        SetText(table, "added", IsoTime.Write(now));
        SetText(table, "upstream", artifact.Upstream);
        SetText(table, "version_spec", artifact.Ref);
        SetText(table, "resolved_sha", artifact.ResolvedSha);
        SetText(table, "resolved_version", artifact.ResolvedVersion);
        SetTexts(table, "tags", artifact.Tags);
        SetText(table, "origin_source", artifact.OriginSource);

        var metadata = MetadataOf(artifact);
        if (metadata.Count > 0)
        {
            table.Set(MetadataKey, TomlValue.Of(metadata));
            TableCopy.OmitHeaders(table.GetOrAddTable(MetadataKey));
        }
    }

    /// <summary>Sets a key, unless the text is null.</summary>
    public static void SetText(TomlTable table, string key, string? text)
    {
        if (text is not null)
        {
            table.Set(key, TomlValue.Of(text));
        }
    }

    /// <summary>Returns the content of <c>metadata</c>.</summary>
    public static IReadOnlyDictionary<string, TomlValue> MetadataOf(NewArtifact artifact)
    {
        var metadata = new Dictionary<string, TomlValue>();
        AddText(metadata, "title", artifact.Title);
        AddText(metadata, "description", artifact.Description);
        AddText(metadata, "author", artifact.Author);
        AddText(metadata, "license", artifact.License);
        AddText(metadata, "version", artifact.Version);
        AddTexts(metadata, "dependencies", artifact.Dependencies);
        AddTexts(metadata, "tools", artifact.Tools);
        if (artifact.Extra.Count > 0)
        {
            metadata.Add(ExtraKey, TomlValue.Of(artifact.Extra));
        }

        return metadata;
    }

    private static void SetTexts(TomlTable table, string key, TextValues texts)
    {
        if (texts.Count > 0)
        {
            table.Set(key, TomlValue.Of(texts));
        }
    }

    private static void AddText(Dictionary<string, TomlValue> metadata, string key, string? text)
    {
        if (text is not null)
        {
            metadata.Add(key, TomlValue.Of(text));
        }
    }

    private static void AddTexts(Dictionary<string, TomlValue> metadata, string key, TextValues texts)
    {
        if (texts.Count > 0)
        {
            metadata.Add(key, TomlValue.Of(texts));
        }
    }
}

using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// Reads the details of an artifact from its tables in manifest and lock file, in one pass over each. A value of an unexpected type is no error; it is among the other values,
/// as is one of an unknown key.
/// </summary>
internal sealed class ArtifactDetailsReader
{
    private Dictionary<string, object>? _extra;
    private Dictionary<string, object>? _others;
    private DateTimeOffset? _fetched;
    private DateTimeOffset? _discoveredAt;
    private TextValues? _tools;
    private TextValues? _dependencies;
    private TextValues? _platforms;
    private TextValues? _unlinked;
    private ItemList<LinkedArtifact>? _links;
    private string? _uuid;
    private string? _importId;

    private ArtifactDetailsReader()
    {
    }

    /// <param name="artifact">The artifact's table in the manifest.</param>
    /// <param name="pinned">Its entry in the lock file, or null.</param>
    public static ArtifactDetails Read(TomlTable artifact, TomlTable? pinned)
    {
        var reader = new ArtifactDetailsReader();
        reader.ReadEntry(artifact);
        if (pinned is not null) reader.ReadPinned(pinned);
        return reader.ToDetails();
    }

    private bool ReadMetadata(TomlValue value)
    {
        if (value.Kind == TomlValueKind.Table) ReadMetadata(value.AsTable());
        return true;
    }

    private bool ReadExtra(TomlValue value)
    {
        if (value.Kind == TomlValueKind.Table) ReadExtra(value.AsTable());
        return true;
    }

    private void ReadEntry(TomlTable artifact)
    {
        foreach (var (key, value) in PlainValue.PairsOf(artifact))
        {
            var isRead = key switch
            {
                // The artifact itself has them.
                "name" or "type" or "path" or "origin" or "added" or "upstream" or "version_spec" or "resolved_sha" or "resolved_version" or "last_updated" or "tags"
                    or "origin_source" => true,
                ArtifactTable.MetadataKey => ReadMetadata(value),
                "uuid" => (_uuid = PlainValue.TextOf(value)) is not null,
                "import_id" => (_importId = PlainValue.TextOf(value)) is not null,
                "discovered_at" => (_discoveredAt = PlainValue.TimeOf(value)) is not null,
                "target_platforms" => (_platforms = PlainValue.TextsOf(value)) is not null,
                _ => false,
            };
            if (!isRead) AddOther(key, value);
        }
    }

    private void ReadMetadata(TomlTable metadata)
    {
        foreach (var (key, value) in PlainValue.PairsOf(metadata))
        {
            var isRead = key switch
            {
                "title" or "description" or "author" or "license" or "version" or "tags" => true,
                ArtifactTable.ExtraKey => ReadExtra(value),
                "tags_imported_at" => PlainValue.TimeOf(value) is not null,
                "tools" => (_tools = PlainValue.TextsOf(value)) is not null,
                "dependencies" => (_dependencies = PlainValue.TextsOf(value)) is not null,
                "unlinked_references" => (_unlinked = PlainValue.TextsOf(value)) is not null,
                "linked_artifacts" => (_links = PlainValue.ItemsOf(value, ReadLink)) is not null,
                _ => false,
            };
            if (!isRead) AddOther($"metadata.{key}", value);
        }
    }

    private void ReadExtra(TomlTable extra)
    {
        foreach (var (key, value) in PlainValue.PairsOf(extra))
        {
            var isRead = key switch
            {
                "category" => value.Kind == TomlValueKind.String,
                "deprecated" => value.Kind == TomlValueKind.Boolean,
                "tags_imported_at" => value.Kind == TomlValueKind.String && PlainValue.TimeOf(value) is not null,
                _ => false,
            };
            if (!isRead) (_extra ??= new(extra.Count)).Add(key, PlainValue.Of(value));
        }
    }

    private void ReadPinned(TomlTable pinned)
    {
        foreach (var (key, value) in PlainValue.PairsOf(pinned))
        {
            var isRead = key switch
            {
                "content_hash" or "upstream" or "resolved_sha" or "resolved_version" => true,
                "fetched" => (_fetched = PlainValue.TimeOf(value)) is not null,
                _ => false,
            };
            if (!isRead) AddOther($"lock.{key}", value);
        }
    }

    // A key may be spelled like one with a prefix; the first one counts.
    private void AddOther(string key, TomlValue value) => (_others ??= []).TryAdd(key, PlainValue.Of(value));

    private static LinkedArtifact ReadLink(OptionalKeys link) => new()
    {
        ArtifactId = link.Text("artifact_id"),
        Name = link.Text("artifact_name"),
        Type = link.Text("artifact_type"),
        SourceName = link.Text("source_name"),
        LinkType = link.Text("link_type"),
        CreatedAt = link.Time("created_at"),
        OtherValues = link.Others(),
    };

    private ArtifactDetails ToDetails() => new()
    {
        Fetched = _fetched,
        DiscoveredAt = _discoveredAt,
        Tools = _tools ?? [],
        Dependencies = _dependencies ?? [],
        TargetPlatforms = _platforms ?? [],
        Uuid = _uuid,
        ImportId = _importId,
        LinkedArtifacts = _links ?? [],
        UnlinkedReferences = _unlinked ?? [],
        Extra = KeyValues.Of(_extra),
        OtherValues = KeyValues.Of(_others),
    };
}

using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary><c>collection.toml</c>: reads it, and edits it so that everything that is not changed stays as it is, byte for byte.</summary>
internal sealed class Manifest
{
    private const string MetadataKey = "metadata";
    private const string ExtraKey = "extra";
    private const string FieldsOfRepositoryKey = "fields_of_repository";

    private readonly TomlDocument _document;
    private readonly string _path;
    private readonly IReadOnlyList<TomlTable> _tables;
    private readonly Dictionary<ArtifactId, int> _index;

    private Manifest(TomlDocument document, string path)
    {
        _document = document;
        _path = path;
        Header = new TableReader(document.Root, path, "the manifest").OptionalTable("collection") is { } header
            ? new TableReader(header.Table, path, "[collection]")
            : throw new DataFileException(ErrorIds.InvalidData, path, 1, 1, "the manifest has no [collection] table");
        Title = Header.RequiredText("name");
        _tables = new TableReader(document.Root, path, "the manifest").Tables("artifacts");
        _index = IndexArtifacts();
    }

    /// <summary>The <c>[collection]</c> table.</summary>
    public TableReader Header { get; }

    /// <summary>The name that the manifest gives the collection.</summary>
    public string Title { get; }

    /// <summary>How many artifacts it lists.</summary>
    public int Count => _tables.Count;

    /// <summary>The ids of the artifacts, in order.</summary>
    public IReadOnlyList<ArtifactId> Ids => _index.OrderBy(e => e.Value).Select(e => e.Key).ToList();

    /// <exception cref="DataFileException">Not TOML, or not a manifest.</exception>
    public static Manifest Parse(byte[] bytes, string path) => new(TomlDocument.Parse(bytes, path), path);

    /// <summary>The manifest of a collection without artifacts, as the original writes it.</summary>
    public static byte[] CreateNew(string name, DateTimeOffset now)
    {
        var document = TomlDocument.Empty(HomeLayout.ManifestName);
        var header = document.Root.GetOrAddTable("collection");
        header.Set("name", TomlValue.Of(name));
        header.Set("version", TomlValue.Of("1.0.0"));
        header.Set("created", TomlValue.Of(IsoTime.Write(now)));
        header.Set("updated", TomlValue.Of(IsoTime.Write(now)));
        return document.ToBytes();
    }

    public byte[] ToBytes() => _document.ToBytes();

    /// <summary>The artifacts, in order, with what the lock file adds.</summary>
    public IReadOnlyList<Artifact> ReadArtifacts(string collection, LockFile lockFile) =>
        _index.OrderBy(e => e.Value).Select(e => ReadArtifact(collection, e.Key, ReaderFor(e.Value), lockFile.Find(e.Key))).ToList();

    public IReadOnlyList<string> ReadGroupNames() =>
        new TableReader(_document.Root, _path, "the manifest").Tables("groups").Select(t => new TableReader(t, _path, "a group").OptionalText("name")).OfType<string>().ToList();

    public int CountMcpServers() => new TableReader(_document.Root, _path, "the manifest").Tables("mcp_servers").Count;

    /// <summary>Whether it lists an artifact.</summary>
    public bool Contains(ArtifactId id) => _index.ContainsKey(id);

    /// <summary>Writes values into one artifact, and when that was into the header.</summary>
    /// <remarks>
    /// The original drops metadata keys that it does not know, but keeps everything in <c>extra</c>; so what it has no key for goes there.
    /// </remarks>
    public void Apply(ArtifactId id, ArtifactEdit edit, DateTimeOffset now)
    {
        var table = _tables[_index[id]];
        if (edit.Tags is { } tags)
        {
            table.Set("tags", TomlValue.Of(tags));
            // Both places are merged when they are read, so a tag that was withdrawn would come back from the second one.
            (table.Find(MetadataKey)?.AsTable())?.Remove("tags");
        }

        SetText(table, "origin_source", edit.OriginSource);
        if (edit is not { Description: null, Author: null, License: null })
        {
            var metadata = table.GetOrAddTable(MetadataKey);
            SetText(metadata, "description", edit.Description);
            SetText(metadata, "author", edit.Author);
            SetText(metadata, "license", edit.License);
        }

        if (edit is not { Category: null, Deprecated: null, ImportedTags: null, FieldsOfRepository: null })
        {
            ApplyExtra(table.GetOrAddTable(MetadataKey).GetOrAddTable(ExtraKey), edit, now);
        }

        Header.Table.Set("updated", TomlValue.Of(IsoTime.Write(now)));
    }

    private static void ApplyExtra(TomlTable extra, ArtifactEdit edit, DateTimeOffset now)
    {
        SetText(extra, "category", edit.Category);
        if (edit.Deprecated is { } deprecated)
        {
            extra.Set("deprecated", TomlValue.Of(deprecated));
        }

        if (edit.FieldsOfRepository is { Count: > 0 } fields)
        {
            extra.Set(FieldsOfRepositoryKey, TomlValue.Of(fields));
        }
        else if (edit.FieldsOfRepository is not null)
        {
            extra.Remove(FieldsOfRepositoryKey);
        }

        if (edit.ImportedTags is { } imported)
        {
            extra.Set("tags_imported_at", TomlValue.Of(IsoTime.Write(now)));
            extra.Set("tags_imported", TomlValue.Of(imported));
        }
    }

    private static void SetText(TomlTable table, string key, string? text)
    {
        if (text is not null)
        {
            table.Set(key, TomlValue.Of(text));
        }
    }

    private static Artifact ReadArtifact(string collection, ArtifactId id, TableReader table, LockEntry? pinned)
    {
        var metadata = table.OptionalTable(MetadataKey);
        var extra = metadata?.OptionalTable(ExtraKey);
        return new Artifact(id)
        {
            Collection = collection,
            Path = ReadPath(table),
            Origin = table.RequiredText("origin"),
            Added = IsoTime.Read(table.RequiredText("added")),
            Upstream = NullIfEmpty(table.OptionalText("upstream")),
            VersionSpec = NullIfEmpty(table.OptionalText("version_spec")),
            ResolvedSha = pinned?.ResolvedSha ?? table.OptionalText("resolved_sha"),
            ResolvedVersion = pinned?.ResolvedSha is null ? table.OptionalText("resolved_version") : pinned.ResolvedVersion,
            LastUpdated = IsoTime.Read(table.OptionalText("last_updated")),
            Tags = MergeTags(table.OptionalTexts("tags"), metadata?.OptionalTexts("tags")),
            TagsImportedAt = IsoTime.Read(Anything(extra, "tags_imported_at") ?? Anything(metadata, "tags_imported_at")),
            ImportedTags = ReadImportedTags(extra),
            FieldsOfRepository = ReadTexts(extra?.Table.Find(FieldsOfRepositoryKey)) ?? [],
            OriginSource = table.OptionalText("origin_source"),
            Title = metadata?.OptionalText("title"),
            Description = metadata?.OptionalText("description"),
            Author = metadata?.OptionalText("author"),
            License = metadata?.OptionalText("license"),
            Version = metadata?.OptionalText("version"),
            Category = Anything(extra, "category") ?? Anything(SubTable(extra, MetadataKey), "category"),
            Deprecated = extra?.Table.Find("deprecated") is { Kind: TomlValueKind.Boolean } deprecated ? deprecated.AsBoolean() : null,
            ContentHash = pinned?.ContentHash,
        };
    }

    private static string ReadPath(TableReader table)
    {
        var path = table.RequiredText("path");
        return DescribeBadPath(path) is { } problem ? throw table.Invalid(table.Table.Find("path")!.Position, $"path '{path}' {problem}") : path;
    }

    /// <summary>The same answer on every system, because a home is shared between them.</summary>
    private static string? DescribeBadPath(string path)
    {
        var parts = path.Split('/', '\\');
        if (parts[0].Length == 0 || parts.Contains("..") || (path.Length > 1 && path[1] == ':'))
        {
            return "leaves the collection";
        }

        if (parts.All(p => p is "" or "."))
        {
            return "is the collection itself";
        }

        return path.Any(char.IsControl) ? "holds a control character" : null;
    }

    private static TextValues MergeTags(IReadOnlyList<string>? own, IReadOnlyList<string>? inMetadata) =>
        TextValues.Of((own ?? []).Concat(inMetadata ?? []).Distinct(StringComparer.Ordinal));

    /// <summary>What a refresh recorded, else what the original copied from the front matter when it added the artifact.</summary>
    private static TextValues? ReadImportedTags(TableReader? extra) =>
        ReadTexts(extra?.Table.Find("tags_imported") ?? SubTable(extra, "frontmatter")?.Table.Find("tags"));

    private static TextValues? ReadTexts(TomlValue? recorded) => recorded is { Kind: TomlValueKind.Array }
        ? TextValues.Of(recorded.AsArray().Where(t => t.Kind == TomlValueKind.String).Select(t => t.AsString()))
        : null;

    /// <summary>A string of <c>extra</c>, which may hold anything: another type there is not an error.</summary>
    private static string? Anything(TableReader? table, string key) =>
        table?.Table.Find(key) is { Kind: TomlValueKind.String } value ? NullIfEmpty(value.AsString()) : null;

    private static TableReader? SubTable(TableReader? table, string key) =>
        table?.Table.Find(key) is { Kind: TomlValueKind.Table } ? table.OptionalTable(key) : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private Dictionary<ArtifactId, int> IndexArtifacts()
    {
        var index = new Dictionary<ArtifactId, int>(_tables.Count);
        for (var i = 0; i < _tables.Count; i++)
        {
            var table = ReaderFor(i);
            var name = table.RequiredText("name");
            if (ArtifactId.DescribeBadName(name) is { } problem)
            {
                throw table.Invalid(_tables[i].Find("name")!.Position, $"the name of artifact {i + 1} {problem}");
            }

            var typeName = table.RequiredText("type");
            if (!ArtifactType.TryParse(typeName, out var type))
            {
                throw table.Invalid(_tables[i].Find("type")!.Position, $"'{typeName}' is not an artifact type; valid types: {string.Join(", ", ArtifactType.All)}");
            }

            var id = new ArtifactId(type, name);
            if (!index.TryAdd(id, i))
            {
                throw table.Invalid(_tables[i].Position, $"artifact '{id}' is there twice (first on line {_tables[index[id]].Position.Line})");
            }
        }

        return index;
    }

    private TableReader ReaderFor(int i) => new(_tables[i], _path, () => Describe(i));

    private string Describe(int i) => _tables[i].Find("name") is { Kind: TomlValueKind.String } name ? $"artifact '{name.AsString()}'" : $"artifact {i + 1}";
}

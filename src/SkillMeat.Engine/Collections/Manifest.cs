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
    private readonly TomlTableArray _tables;
    private readonly List<ArtifactId> _ids;
    private readonly Dictionary<ArtifactId, TomlTable> _index;
    private PathIndex? _paths;

    private Manifest(TomlDocument document, string path)
    {
        _document = document;
        _path = path;
        Header = new TableReader(document.Root, path, "the manifest").OptionalTable("collection") is { } header
            ? new TableReader(header.Table, path, "[collection]")
            : throw new DataFileException(ErrorIds.InvalidData, path, 1, 1, "the manifest has no [collection] table");
        Title = Header.RequiredText("name");
        _ = new TableReader(document.Root, path, "the manifest").Tables("artifacts");
        _tables = document.Root.GetOrAddArray("artifacts");
        _ids = new List<ArtifactId>(_tables.Count);
        _index = new Dictionary<ArtifactId, TomlTable>(_tables.Count);
        IndexArtifacts();
    }

    /// <summary>The <c>[collection]</c> table.</summary>
    public TableReader Header { get; }

    /// <summary>The name that the manifest gives the collection.</summary>
    public string Title { get; }

    /// <summary>How many artifacts it lists.</summary>
    public int Count => _tables.Count;

    /// <summary>The ids of the artifacts, in order.</summary>
    public IReadOnlyList<ArtifactId> Ids => [.. _ids];

    /// <summary>The artifacts with their paths, in order.</summary>
    /// <exception cref="DataFileException">An artifact has no path, or one that leaves the collection.</exception>
    public IReadOnlyList<ArtifactPath> Paths => _ids.Select(id => new ArtifactPath(id, ReadPath(ReaderFor(id)))).ToList();

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
        _ids.Select(id => ReadArtifact(collection, id, ReaderFor(id), lockFile.Find(id))).ToList();

    /// <summary>The commit that the manifest names for an artifact, whatever the lock file says.</summary>
    public string? ReadResolvedSha(ArtifactId id) => ReaderFor(id).OptionalText("resolved_sha");

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
        var table = _index[id];
        if (edit.Tags is { } tags)
        {
            table.Set("tags", TomlValue.Of(tags));
            // Both places are merged when they are read, so a tag that was withdrawn would come back from the second one.
            (table.Find(MetadataKey)?.AsTable())?.Remove("tags");
        }

        foreach (var (place, key, value) in edit.Values.OrderBy(value => value.Place)) TableAt(table, place).Set(key, value);
        if (edit is not { ImportedTags: null, FieldsOfRepository: null }) Record(TableAt(table, ArtifactPlace.Extra), edit, now);
        NoteUpdate(now);
    }

    /// <summary>Lists an artifact, behind the others.</summary>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.InvalidArgument"/>: the manifest lists it already, its name or path can't be one, or its files would be among those of another artifact.
    /// </exception>
    public void Add(NewArtifact artifact, DateTimeOffset now)
    {
        if (ArtifactId.DescribeBadName(artifact.Id.Name) is { } badName)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{artifact.Id.Name}' can't be the name of an artifact: it {badName}.");
        }

        if (Contains(artifact.Id))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"The collection has an artifact '{artifact.Id}' already.");
        }

        if (DescribeBadPath(artifact.Path) is { } badPath)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{artifact.Path}' can't be the path of artifact '{artifact.Id}': it {badPath}.");
        }

        RequireOwnPath(artifact.Id, artifact.Path);
        ArtifactTable.Write(AddTable(artifact.Id), artifact, now);
        _paths!.Add(new ArtifactPath(artifact.Id, artifact.Path));
        NoteUpdate(now);
    }

    /// <summary>
    /// Takes an artifact off the list and out of the groups, with its sub-tables and the comments directly above it; a comment that a blank line parts from it stays.
    /// </summary>
    /// <returns>False when the manifest does not list it; nothing changes then.</returns>
    public bool Remove(ArtifactId id, DateTimeOffset now)
    {
        if (!_index.Remove(id))
        {
            return false;
        }

        _paths = null;

        var place = _ids.IndexOf(id);
        _ids.RemoveAt(place);
        _tables.RemoveAt(place);
        GroupMembers.Remove(_document.Root, id);
        NoteUpdate(now);
        return true;
    }

    /// <summary>Notes what an artifact was updated to, and when.</summary>
    /// <exception cref="KeyNotFoundException">The manifest does not list it.</exception>
    public void Update(ArtifactId id, ArtifactVersion version, DateTimeOffset now)
    {
        var table = _index[id];
        ArtifactTable.SetText(table, "upstream", version.Upstream);
        ArtifactTable.SetText(table, "version_spec", version.VersionSpec);
        ArtifactTable.SetText(table, "resolved_sha", version.ResolvedSha);
        ArtifactTable.SetText(table, "resolved_version", version.ResolvedVersion);
        if (version.ResolvedVersion is null)
        {
            table.Remove("resolved_version");
        }

        ArtifactTable.SetText(table, "last_updated", IsoTime.Write(now));
        NoteUpdate(now);
    }

    /// <summary>
    /// Makes an artifact here what it is in another manifest: every key, also those that SkillMeat does not know, and nested tables; none when it is not there. What means
    /// the same already keeps its bytes; comments of the other manifest are not copied, and groups gain no member.
    /// </summary>
    /// <returns>False when it is the same in both; nothing changes then.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: its files would be among those of another artifact here.</exception>
    /// <exception cref="DataFileException">The other manifest has no path for it, or one that leaves the collection.</exception>
    public bool CopyArtifact(Manifest other, ArtifactId id, DateTimeOffset now)
    {
        if (!other.Contains(id))
        {
            return Remove(id, now);
        }

        RequireOwnPath(id, ReadPath(other.ReaderFor(id)));
        if (!TableCopy.Copy(other._index[id], _index.GetValueOrDefault(id) ?? AddTable(id)))
        {
            return false;
        }

        _paths = null;
        NoteUpdate(now);
        return true;
    }

    /// <summary>The artifact, other than the given one, among whose files a path lies; null when there is none. Case counts nowhere, as on some systems.</summary>
    /// <exception cref="DataFileException">An artifact has no path, or one that leaves the collection.</exception>
    public ArtifactPath? FindOverlap(ArtifactId id, string path) => (_paths ??= new PathIndex(Paths)).Find(id, path);

    private void RequireOwnPath(ArtifactId id, string path)
    {
        if (FindOverlap(id, path) is { } taken)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"Artifact '{id}' can't lie at '{path}': artifact '{taken.Id}' lies at '{taken.Path}'.");
        }
    }

    private TomlTable AddTable(ArtifactId id)
    {
        var table = _tables.Add();
        _ids.Add(id);
        _index.Add(id, table);
        return table;
    }

    private void NoteUpdate(DateTimeOffset now) => Header.Table.Set("updated", TomlValue.Of(IsoTime.Write(now)));

    private static TomlTable TableAt(TomlTable artifact, ArtifactPlace place) => place switch
    {
        ArtifactPlace.Entry => artifact,
        ArtifactPlace.Metadata => artifact.GetOrAddTable(MetadataKey),
        _ => artifact.GetOrAddTable(MetadataKey).GetOrAddTable(ExtraKey),
    };

    /// <summary>Records what came from upstream.</summary>
    private static void Record(TomlTable extra, ArtifactEdit edit, DateTimeOffset now)
    {
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

    /// <summary>With <c>/</c> between the parts, also where the manifest was written on Windows; what it says there stays as it is.</summary>
    private static string ReadPath(TableReader table)
    {
        var path = table.RequiredText("path");
        return DescribeBadPath(path) is { } problem ? throw table.Invalid(table.Table.Find("path")!.Position, $"path '{path}' {problem}") : path.Replace('\\', '/');
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

    private void IndexArtifacts()
    {
        for (var i = 0; i < _tables.Count; i++)
        {
            var position = i;
            var table = new TableReader(_tables[i], _path, () => Describe(position));
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
            if (!_index.TryAdd(id, _tables[i]))
            {
                throw table.Invalid(_tables[i].Position, $"artifact '{id}' is there twice (first on line {_index[id].Position.Line})");
            }

            _ids.Add(id);
        }
    }

    private TableReader ReaderFor(ArtifactId id) => new(_index[id], _path, () => $"artifact '{id.Name}'");

    private string Describe(int i) => _tables[i].Find("name") is { Kind: TomlValueKind.String } name ? $"artifact '{name.AsString()}'" : $"artifact {i + 1}";
}

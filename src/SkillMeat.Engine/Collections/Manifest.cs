using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>The manifest of a collection (<c>collection.toml</c>). Edits leave everything else as it is, byte for byte.</summary>
internal sealed class Manifest
{
    private const string FormatVersionKey = "version";
    private const string DescriptionKey = "description";

    private readonly TomlDocument _document;
    private readonly string _path;
    private readonly TomlTableArray _tables;
    private readonly List<ArtifactId> _ids;
    private readonly Dictionary<ArtifactId, TomlTable> _index;
    private readonly ManifestParts? _parts;
    private readonly HashSet<ArtifactId> _edited = [];
    private TomlDocument? _reader;
    private PathIndex? _paths;

    private Manifest(TomlDocument document, string path, ManifestParts? parts)
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
        _parts = parts;
        if (parts is null) IndexArtifacts();
        else IndexParts(parts);
    }

    /// <summary>The <c>[collection]</c> table.</summary>
    public TableReader Header { get; }

    /// <summary>The name of the collection in the manifest.</summary>
    public string Title { get; }

    /// <summary>The number of artifacts.</summary>
    public int Count => _tables.Count;

    /// <summary>The ids of the artifacts, in order.</summary>
    public IReadOnlyList<ArtifactId> Ids => [.. _ids];

    /// <summary>The artifacts with their paths, in order.</summary>
    /// <exception cref="DataFileException">An artifact has no path, or its path leaves the collection.</exception>
    public IReadOnlyList<ArtifactPath> Paths => _ids.Select(id => new ArtifactPath(id, PathOf(id))).ToList();

    /// <summary>The artifacts that were added or edited since the manifest was read.</summary>
    public IReadOnlySet<ArtifactId> EditedIds => _edited;

    /// <summary>The parts of the manifest as it was read, or null if it had to be read as a whole.</summary>
    public ManifestParts? Parts => _parts;

    /// <summary>Parses a manifest. Its artifacts are read when they are needed, so one thread can use it at a time, even if it only reads.</summary>
    /// <exception cref="DataFileException">The file is not TOML, or not a manifest.</exception>
    public static Manifest Parse(byte[] bytes, string path) => Of(ManifestParts.TryRead(bytes, path, read: null), path) ?? ParseWhole(bytes, path);

    /// <summary>Parses a manifest that was edited.</summary>
    /// <param name="bytes">The manifest.</param>
    /// <param name="path">The path of the manifest.</param>
    /// <param name="before">The parts before the edits, or null if they are not known. Those that are still the same are not read again.</param>
    /// <exception cref="DataFileException">The file is not TOML, or not a manifest.</exception>
    public static Manifest ParseEdited(byte[] bytes, string path, ManifestParts? before) => Of(before?.TryReadEdited(bytes), path) ?? Parse(bytes, path);

    /// <summary>Parses a manifest with all its keys at once, so that several threads can read it.</summary>
    /// <exception cref="DataFileException">The file is not TOML, or not a manifest.</exception>
    public static Manifest ParseWhole(byte[] bytes, string path) => new(TomlDocument.Parse(bytes, path), path, parts: null);

    /// <summary>Returns the manifest of parts, or null if there are none.</summary>
    /// <exception cref="DataFileException">The file is not a manifest.</exception>
    public static Manifest? Of(ManifestParts? parts, string path) => parts is null ? null : new Manifest(parts.ToDocument(), path, parts);

    /// <summary>Creates the manifest of an empty collection, as Python SkillMeat does.</summary>
    public static byte[] CreateNew(string name, string? description, DateTimeOffset now)
    {
        var document = TomlDocument.Empty(HomeLayout.ManifestName);
        var header = document.Root.GetOrAddTable("collection");
        header.Set("name", TomlValue.Of(name));
        header.Set("version", TomlValue.Of("1.0.0"));
        header.Set("created", TomlValue.Of(IsoTime.Write(now)));
        header.Set("updated", TomlValue.Of(IsoTime.Write(now)));
        if (!string.IsNullOrEmpty(description)) header.Set(DescriptionKey, TomlValue.Of(description));
        return document.ToBytes();
    }

    public byte[] ToBytes() => _document.ToBytes();

    /// <summary>Reads the artifacts, in order, with the data of the lock file.</summary>
    /// <param name="collection">The folder name of the collection.</param>
    /// <param name="lockFile">The lock file.</param>
    /// <param name="hasDetails">Whether the artifacts have details. Their documents must not be edited then. Operations do not need details.</param>
    public IReadOnlyList<Artifact> ReadArtifacts(string collection, LockFile lockFile, bool hasDetails = false) =>
        _ids.Select(id => ReadArtifact(collection, id, hasDetails ? ReaderFor(id) : BriefReaderFor(id), lockFile, hasDetails)).ToList();

    /// <summary>Reads the artifacts one by one, in order, with the data of the lock file and without details. Those that were returned can be edited meanwhile.</summary>
    public IEnumerable<Artifact> EnumerateArtifacts(string collection, LockFile lockFile) =>
        _ids.Select(id => ReadArtifact(collection, id, BriefReaderFor(id), lockFile, hasDetails: false));

    /// <summary>Reads some artifacts, with the data of the lock file and without details.</summary>
    /// <exception cref="KeyNotFoundException">The manifest does not list one.</exception>
    public IReadOnlyList<Artifact> ReadArtifacts(string collection, IEnumerable<ArtifactId> ids, LockFile lockFile) =>
        ids.Select(id => ReadArtifact(collection, id, BriefReaderFor(id), lockFile, hasDetails: false)).ToList();

    /// <summary>Reads the commit of an artifact in the manifest, whatever the lock file says.</summary>
    public string? ReadResolvedSha(ArtifactId id) => BriefReaderFor(id).OptionalText("resolved_sha");

    /// <exception cref="DataFileException">The groups are not tables, or the name of one is not a string.</exception>
    public ItemList<GroupDefinition> ReadGroups() => ItemsOf("groups", (table, group) => new GroupDefinition
    {
        Name = new TableReader(table, _path, "a group").OptionalText("name"),
        Description = group.Text("description"),
        Color = group.Text("color"),
        Icon = group.Text("icon"),
        Position = group.Number("position"),
        Members = group.Texts("members"),
        OtherValues = group.Others("name"),
    });

    /// <exception cref="DataFileException">The servers are not tables.</exception>
    public ItemList<McpServer> ReadMcpServers() => ItemsOf("mcp_servers", (_, server) => new McpServer
    {
        Name = server.Text("name"),
        Repo = server.Text("repo"),
        Version = server.Text("version"),
        Description = server.Text("description"),
        EnvVars = server.Values("env_vars"),
        Status = server.Text("status"),
        InstalledAt = server.Time("installed_at"),
        LastUpdated = server.Time("last_updated"),
        ResolvedSha = server.Text("resolved_sha"),
        ResolvedVersion = server.Text("resolved_version"),
        OtherValues = server.Others(),
    });

    public ItemList<TagDefinition> ReadTagDefinitions() => new OptionalKeys(_document.Root).Items("tag_definitions", tag => new TagDefinition
    {
        Name = tag.Text("name"),
        Slug = tag.Text("slug"),
        Color = tag.Text("color"),
        Description = tag.Text("description"),
        OtherValues = tag.Others(),
    });

    public string? ReadFormatVersion() => new OptionalKeys(Header.Table).Text(FormatVersionKey);

    public string? ReadDescription() => new OptionalKeys(Header.Table).Text(DescriptionKey);

    /// <summary>Reads the values that nothing else reads, except those of the artifacts.</summary>
    public KeyValues ReadOtherValues()
    {
        var root = new OptionalKeys(_document.Root);
        // Both are among the other values if they are of another type.
        root.Items("tag_definitions", _ => true);
        var header = new OptionalKeys(Header.Table);
        header.Text(FormatVersionKey);
        header.Text(DescriptionKey);
        return KeyValues.Join(
            ("", root.Others("collection", "artifacts", "groups", "mcp_servers")),
            ("collection.", header.Others("name", "created", "updated")));
    }

    /// <summary>Sets the name of the collection.</summary>
    public void SetTitle(string title, DateTimeOffset now)
    {
        CorrectTitle(title);
        NoteUpdate(now);
    }

    /// <summary>Sets the name of the collection, and nothing else.</summary>
    public void CorrectTitle(string title) => Header.Table.Set("name", TomlValue.Of(title));

    /// <summary>Sets the description of the collection. A null removes it.</summary>
    public void SetDescription(string? description, DateTimeOffset now)
    {
        if (description is null) Header.Table.Remove(DescriptionKey);
        else Header.Table.Set(DescriptionKey, TomlValue.Of(description));
        NoteUpdate(now);
    }

    /// <summary>Whether anything was edited since the manifest was read.</summary>
    public bool IsChanged => _document.IsChanged;

    /// <summary>The groups, the MCP servers or the tag definitions, for an edit.</summary>
    /// <exception cref="DataFileException">The key has another value than tables.</exception>
    public TomlTableArray TablesOf(string key) => _document.Root.GetOrAddArray(key);

    /// <summary>Writes the time of an edit into the header.</summary>
    public void NoteEdit(DateTimeOffset now) => NoteUpdate(now);

    /// <summary>Whether the manifest lists an artifact.</summary>
    public bool Contains(ArtifactId id) => _index.ContainsKey(id);

    /// <summary>Writes values into one artifact, and the time into the header.</summary>
    public void Apply(ArtifactId id, ArtifactEdit edit, DateTimeOffset now)
    {
        ArtifactTableEdit.Apply(EditedTable(id), edit, now);
        NoteUpdate(now);
    }

    /// <summary>Adds an artifact at the end.</summary>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.InvalidArgument"/>: the manifest already lists it, its name or path is not valid, or its files would overlap with another artifact.
    /// </exception>
    public void Add(NewArtifact artifact, DateTimeOffset now)
    {
        if (ArtifactId.DescribeBadName(artifact.Id.Name) is { } badName)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{artifact.Id.Name}' is not a valid artifact name: it {badName}.");
        }

        if (Contains(artifact.Id))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"The collection already has an artifact '{artifact.Id}'.");
        }

        if (ArtifactReader.DescribeBadPath(artifact.Path) is { } badPath)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{artifact.Path}' is not a valid path for artifact '{artifact.Id}': it {badPath}.");
        }

        CheckNoOverlap(artifact.Id, artifact.Path);
        ArtifactTable.Write(AddTable(artifact.Id), artifact, now);
        _paths!.Add(new ArtifactPath(artifact.Id, artifact.Path));
        NoteUpdate(now);
    }

    /// <summary>
    /// Removes an artifact from the list and the groups, with its sub-tables and the comments directly above it. Comments separated by a blank line stay.
    /// </summary>
    /// <returns>False if the manifest does not list it, and nothing changes.</returns>
    public bool Remove(ArtifactId id, DateTimeOffset now) => Remove([id], now);

    /// <summary>Removes artifacts as <see cref="Remove(ArtifactId, DateTimeOffset)"/> does, in one pass over the manifest.</summary>
    /// <returns>False if the manifest lists none of them, and nothing changes.</returns>
    public bool Remove(IEnumerable<ArtifactId> ids, DateTimeOffset now)
    {
        var removed = ids.Where(_index.ContainsKey).ToHashSet();
        if (removed.Count == 0)
        {
            return false;
        }

        _tables.Remove(removed.Select(id => _index[id]).ToHashSet());
        _ids.RemoveAll(removed.Contains);
        foreach (var id in removed)
        {
            _index.Remove(id);
            _paths?.Remove(id);
        }

        GroupMembers.Remove(_document.Root, removed);
        NoteUpdate(now);
        return true;
    }

    /// <summary>Records the version to which an artifact was updated, and the time.</summary>
    /// <exception cref="KeyNotFoundException">The manifest does not list it.</exception>
    public void Update(ArtifactId id, ArtifactVersion version, DateTimeOffset now)
    {
        var table = EditedTable(id);
        ArtifactTable.SetText(table, "upstream", version.Upstream);
        ArtifactTable.SetText(table, "version_spec", version.Ref);
        ArtifactTable.SetText(table, "resolved_sha", version.ResolvedSha);
        ArtifactTable.SetText(table, "resolved_version", version.ResolvedVersion);
        if (version.ResolvedVersion is null)
        {
            table.Remove("resolved_version");
        }

        ArtifactTable.SetText(table, "last_updated", IsoTime.Write(now));
        NoteUpdate(now);
    }

    /// <summary>Brings the metadata of an artifact, except its tags, to that of another version of its files. What the user changed stays.</summary>
    /// <param name="id">The artifact.</param>
    /// <param name="before">The artifact as its current version was fetched; null if that is not known.</param>
    /// <param name="after">The artifact as it would be added now.</param>
    /// <param name="now">The time of the change.</param>
    /// <exception cref="KeyNotFoundException">The manifest does not list it.</exception>
    public void UpdateMetadata(ArtifactId id, NewArtifact? before, NewArtifact after, DateTimeOffset now)
    {
        if (new MetadataMerge(EditedTable(id), before, after).Apply()) NoteUpdate(now);
    }

    /// <summary>
    /// Copies an artifact from another manifest: every key, including unknown ones, and nested tables. If it is not there, removes it here. Values that
    /// are equal already keep their bytes. Comments of the other manifest are not copied, and no group gains a member.
    /// </summary>
    /// <returns>False if both are equal, and nothing changes.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: its files would overlap with another artifact here.</exception>
    /// <exception cref="DataFileException">Its path in the other manifest is missing or leaves the collection.</exception>
    public bool CopyArtifact(Manifest other, ArtifactId id, DateTimeOffset now)
    {
        if (!other.Contains(id))
        {
            return Remove(id, now);
        }

        var path = ArtifactReader.ReadPath(other.ReaderFor(id));
        CheckNoOverlap(id, path);
        if (!TableCopy.Copy(other._index[id], Contains(id) ? EditedTable(id) : AddTable(id)))
        {
            return false;
        }

        _paths!.Remove(id);
        _paths.Add(new ArtifactPath(id, path));
        NoteUpdate(now);
        return true;
    }

    /// <summary>Copies an artifact from another manifest under another name and path, and otherwise as <see cref="CopyArtifact"/> does.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: its files would overlap with another artifact here.</exception>
    public void CopyArtifactAs(Manifest other, ArtifactId id, ArtifactId newId, string path, DateTimeOffset now)
    {
        CheckNoOverlap(newId, path);
        var table = AddTable(newId);
        TableCopy.Copy(other._index[id], table);
        table.Set("name", TomlValue.Of(newId.Name));
        table.Set("path", TomlValue.Of(path));
        _paths!.Add(new ArtifactPath(newId, path));
        NoteUpdate(now);
    }

    /// <summary>Notes artifacts that were inserted as text.</summary>
    public void NoteAdded(IEnumerable<ArtifactId> ids) => _edited.UnionWith(ids);

    /// <summary>Removes the identity of an artifact that is a copy of another one: no two artifacts can have the same.</summary>
    public void RemoveIdentity(ArtifactId id, DateTimeOffset now)
    {
        if (EditedTable(id).Remove("uuid")) NoteUpdate(now);
    }

    /// <summary>Writes the time of a change into the header.</summary>
    public void NoteChange(DateTimeOffset now) => NoteUpdate(now);

    /// <summary>Whether another manifest has an artifact with the same data.</summary>
    public bool HasSame(Manifest other, ArtifactId id) =>
        _index.TryGetValue(id, out var table) && other._index.TryGetValue(id, out var otherTable) && TomlData.AreSame(TomlValue.Of(table), TomlValue.Of(otherTable));

    /// <summary>Whether another manifest has an artifact with the same data under another id, except for some keys.</summary>
    public bool HasSame(Manifest other, ArtifactId id, ArtifactId otherId, IReadOnlyCollection<string> except) =>
        _index.TryGetValue(id, out var table) && other._index.TryGetValue(otherId, out var otherTable) && table.Count == otherTable.Count
        && otherTable.Keys.All(key => except.Contains(key) || (table.Find(key) is { } value && TomlData.AreSame(value, otherTable.Find(key)!)));

    /// <summary>Returns the path of an artifact as it is written, or null if the manifest does not list it, or has no text as its path.</summary>
    public string? FindPath(ArtifactId id) => _index.TryGetValue(id, out var table) && table.Find("path") is { Kind: TomlValueKind.String } path ? path.AsString() : null;

    /// <summary>Finds another artifact whose path overlaps with a path, ignoring case, or returns null.</summary>
    /// <exception cref="DataFileException">An artifact has no path, or its path leaves the collection.</exception>
    public ArtifactPath? FindOverlap(ArtifactId id, string path) => (_paths ??= new PathIndex(Paths)).FindOverlap(id, path);

    private void CheckNoOverlap(ArtifactId id, string path)
    {
        if (FindOverlap(id, path) is { } taken)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"Artifact '{id}' cannot use the path '{path}': it overlaps with artifact '{taken.Id}' at '{taken.Path}'.");
        }
    }

    private TomlTable AddTable(ArtifactId id)
    {
        var table = _tables.Add();
        _ids.Add(id);
        _index.Add(id, table);
        _edited.Add(id);
        return table;
    }

    private TomlTable EditedTable(ArtifactId id)
    {
        var table = _index[id];
        _edited.Add(id);
        return table;
    }

    private void NoteUpdate(DateTimeOffset now) => Header.Table.Set("updated", TomlValue.Of(IsoTime.Write(now)));

    private ItemList<T> ItemsOf<T>(string key, Func<TomlTable, OptionalKeys, T> read) =>
        new([.. new TableReader(_document.Root, _path, "the manifest").Tables(key).Select(table => read(table, new OptionalKeys(table)))]);

    private static Artifact ReadArtifact(string collection, ArtifactId id, TableReader table, LockFile lockFile, bool hasDetails) =>
        ArtifactReader.Read(collection, id, table, lockFile.Find(id), hasDetails ? LazyDetails.Of(table.Table, lockFile.FindTable(id)) : LazyDetails.None);

    private string PathOf(ArtifactId id) => (_index[id].IsUnread ? _parts!.FindPath(id) : null) ?? ArtifactReader.ReadPath(BriefReaderFor(id));

    private void IndexParts(ManifestParts parts)
    {
        foreach (var id in parts.Ids)
        {
            _index.Add(id, _tables[_ids.Count]);
            _ids.Add(id);
        }
    }

    /// <summary>Returns a reader that can be used until the next call. The lines of an artifact that no edit needed stay unread.</summary>
    private TableReader BriefReaderFor(ArtifactId id)
    {
        if (!_index[id].IsUnread) return ReaderFor(id);
        var place = _parts!.PlaceOf(id);
        _reader ??= TomlDocument.ForParts(_document.Text.Buffer.Source, _path);
        _reader.ReadPart(place.Start, place.End);
        return new TableReader(ManifestParts.FindArtifact(_reader.Root)!, _path, "artifact", id.Name);
    }

    private void IndexArtifacts()
    {
        for (var i = 0; i < _tables.Count; i++)
        {
            var table = new TableReader(_tables[i], _path, Describe(i));
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
                throw table.Invalid(_tables[i].Position, $"artifact '{id}' is listed twice (first on line {_index[id].Position.Line})");
            }

            _ids.Add(id);
        }
    }

    private TableReader ReaderFor(ArtifactId id) => new(_index[id], _path, "artifact", id.Name);

    private string Describe(int i) => _tables[i].Find("name") is { Kind: TomlValueKind.String } name ? $"artifact '{name.AsString()}'" : $"artifact {i + 1}";
}

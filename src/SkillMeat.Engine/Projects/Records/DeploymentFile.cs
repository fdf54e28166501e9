using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Toml;

namespace SkillMeat.Projects.Records;

/// <summary>
/// The records of a profile root (<c>.skillmeat-deployed.toml</c>), editable in place: unknown keys, comments and the order stay. Not thread-safe.
/// </summary>
internal sealed class DeploymentFile
{
    public const string Name = ".skillmeat-deployed.toml";

    private const string Records = "deployed";

    // Our own key: the time at which the collection was set, where that was after the deployment, and another one had the name before.
    private const string CollectionSetAt = "from_collection_at";

    private const string MarkdownFile = ".md";

    private readonly TomlDocument _document;
    private readonly string _path;
    private readonly LocalTime _time;
    private readonly TimeProvider _clock;
    private readonly CurrentNames _currentNames;
    private readonly List<(DeploymentRecord Record, TomlTable Table)> _records = [];
    private readonly List<BadRecord> _bad = [];

    private DeploymentFile(TomlDocument document, string path, TimeProvider clock, CurrentNames currentNames)
    {
        _document = document;
        _path = path;
        _clock = clock;
        _time = new LocalTime(clock.LocalTimeZone);
        _currentNames = currentNames;
        foreach (var table in Tables())
        {
            try
            {
                _records.Add((Read(table), table));
            }
            catch (DataFileException e)
            {
                _bad.Add(Describe(table, e));
            }
        }
    }

    /// <summary>The records, in the order of the file.</summary>
    public IReadOnlyList<DeploymentRecord> All => _records.ConvertAll(one => one.Record);

    /// <summary>The entries that cannot be read: one lacks a key, or its path is not one for the artifact.</summary>
    public IReadOnlyList<BadRecord> Bad => _bad;

    /// <summary>Parses the file.</summary>
    /// <param name="bytes">The bytes, or null if there is no file.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="site">The project.</param>
    /// <param name="store">The home, which knows the time zone of the file, and what became of collections that were renamed since.</param>
    /// <exception cref="DataFileException">It is not TOML, or has no array of records.</exception>
    public static DeploymentFile Parse(byte[]? bytes, string path, ProjectSite site, CollectionStore store) =>
        new(bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path), path, store.Time, new CurrentNames(store, site.Folder));

    /// <summary>Finds the record of an artifact for a profile, or returns null.</summary>
    public DeploymentRecord? Find(ArtifactId artifact, string profile) => _records.Find(one => one.Record.Key == (artifact, profile)).Record;

    /// <summary>Adds a record, or changes the one of the same artifact and profile. Keys of it that have no value in the new one stay.</summary>
    /// <param name="record">The record.</param>
    /// <param name="root">The profile root relative to the project, with <c>/</c>.</param>
    public void Set(DeploymentRecord record, string root)
    {
        var index = _records.FindIndex(one => one.Record.Key == record.Key);
        var table = index < 0 ? _document.Root.GetOrAddArray(Records).Add() : _records[index].Table;
        SetText(table, "artifact_name", record.Artifact.Name);
        SetText(table, "artifact_type", record.Artifact.Type.Name);
        if (record.DeployedAt is { } deployed && deployed != _time.Read(table.FindText("deployed_at")))
        {
            SetText(table, "from_collection", record.Collection);
            SetText(table, "deployed_at", _time.Write(deployed));
            table.Remove(CollectionSetAt);
        }
        else
        {
            SetCollection(table, record.Collection);
        }

        SetText(table, "artifact_path", record.Path);
        SetText(table, "content_hash", record.ContentHash);
        table.Set("local_modifications", TomlValue.Of(false));
        table.Set("version_lineage", TomlValue.Of(record.Lineage));
        if (record.ModifiedSince is { } since) SetText(table, "modification_detected_at", IsoTime.Write(since));
        else table.Remove("modification_detected_at");
        SetText(table, "merge_base_snapshot", record.ContentHash);
        SetText(table, "deployment_profile_id", record.Profile);
        if (table.Find("platform") is null) SetText(table, "platform", PlatformOf(record.Profile));
        SetText(table, "profile_root_dir", root);
        SetText(table, "collection_sha", record.ContentHash);
        if (index < 0) _records.Add((record, table));
        else _records[index] = (record, table);
    }

    /// <summary>Sets or removes the time at which a modification of a copy was first seen. Nothing else of the record changes.</summary>
    public void SetModifiedSince(DeploymentRecord record, DateTimeOffset? since)
    {
        var index = _records.FindIndex(one => one.Record.Key == record.Key);
        var table = _records[index].Table;
        if (since is { } time) SetText(table, "modification_detected_at", IsoTime.Write(time));
        else table.Remove("modification_detected_at");
        _records[index] = (record with { ModifiedSince = since }, table);
    }

    /// <summary>Sets the collection of a record, and of the same one of the same collection that a merge of git has left twice. Nothing else of them changes.</summary>
    public void SetCollection(DeploymentRecord record, string collection)
    {
        for (var index = 0; index < _records.Count; index++)
        {
            var (found, table) = _records[index];
            if (found.Key != record.Key || found.Collection != record.Collection) continue;
            SetCollection(table, collection);
            _records[index] = (found with { Collection = collection }, table);
        }
    }

    /// <summary>Removes records.</summary>
    public void Remove(IReadOnlySet<(ArtifactId Artifact, string Profile)> keys)
    {
        var removed = _records.FindAll(one => keys.Contains(one.Record.Key));
        if (removed.Count == 0) return;
        _document.Root.GetOrAddArray(Records).Remove(removed.Select(one => one.Table).ToHashSet());
        _records.RemoveAll(one => keys.Contains(one.Record.Key));
    }

    /// <summary>The bytes to write.</summary>
    public byte[] ToBytes() => _document.ToBytes();

    // The platforms that Python SkillMeat knows.
    private static string PlatformOf(string profile) => profile is Profiles.Profile.ClaudeCode or "codex" or "gemini" or "cursor" ? profile : "other";

    // Without the time, the rename of another collection that had this name earlier would be taken for one of this collection.
    private void SetCollection(TomlTable table, string collection)
    {
        if (table.FindText("from_collection") is { } before && before != collection && _currentNames.WasUsed(collection)) table.Set(CollectionSetAt, TomlValue.Of(IsoTime.Write(_clock.GetUtcNow())));
        SetText(table, "from_collection", collection);
    }

    private static void SetText(TomlTable table, string key, string value)
    {
        if (table.FindText(key) != value) table.Set(key, TomlValue.Of(value));
    }

    /// <summary>Whether a record of an artifact can name a path. Otherwise anybody who can write to a project could choose which files are overwritten and removed.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="path">The path in the profile root, with <c>/</c>.</param>
    public static bool IsPlaceOf(ArtifactId artifact, string path)
    {
        var (folder, last) = (TreePath.Parent(path), TreePath.LastPart(path));
        if (folder.Length == 0) return false;
        var isOfAgent = Profiles.ProfileTable.All.Any(profile => profile.PlaceInProject(artifact.Type)?.Container == folder);
        if (!isOfAgent && folder.Split('/').Any(part => part.StartsWith('.'))) return false;
        // Python SkillMeat also copies single files for types that are folders here.
        var isFile = last == artifact.Name + MarkdownFile || (last == artifact.Name && last.EndsWith(MarkdownFile, StringComparison.OrdinalIgnoreCase));
        if (isFile || (artifact.Type.IsFolder && last == artifact.Name)) return true;
        // A copy that was adopted keeps its name, where agents look for artifacts of the type.
        if (!isOfAgent && TreePath.LastPart(folder) != artifact.Type.Container) return false;
        if (!artifact.Type.IsFolder && !last.EndsWith(MarkdownFile, StringComparison.Ordinal)) return false;
        return ArtifactId.DescribeBadName(artifact.Type.IsFolder ? last : last[..^MarkdownFile.Length]) is null;
    }

    private static bool IsPath(string slashed) => !slashed.Split('/').Any(part => part is "" or "." or ".." || part.Contains('\0', StringComparison.Ordinal));

    private IReadOnlyList<TomlTable> Tables() => [.. new TableReader(_document.Root, _path, "the deployment records").Tables(Records)];

    private static BadRecord Describe(TomlTable table, DataFileException error)
    {
        var path = table.FindText("artifact_path")?.Replace('\\', '/').Trim('/');
        if (path is not null && !IsPath(path)) path = null;
        var type = ArtifactType.TryParse(table.FindText("artifact_type"), out var known) ? known : ArtifactType.All.FirstOrDefault(one => one.Container is not null && path?.Split('/').Contains(one.Container) == true) ?? ArtifactType.Skill;
        var name = table.FindText("artifact_name") is { Length: > 0 } given ? VisibleText.Line(given) : path is not null ? type.NameAt(path) : $"(entry at line {error.Line})";
        var id = new ArtifactId(type, name);
        var problem = $"the deployment of {id} cannot be read: {error.Problem}; correct this entry, or delete it from the file";
        return new BadRecord(
            id, table.FindText("from_collection") ?? "", path, table.FindText("deployment_profile_id") is { Length: > 0 } profile ? profile : Profiles.Profile.ClaudeCode,
            new DataFileException(error.ErrorId, error.Path, error.Line, error.Column, problem, error));
    }

    private DeploymentRecord Read(TomlTable table)
    {
        var reader = new TableReader(table, _path, "a deployment");
        var (name, typeName, path) = (reader.RequiredText("artifact_name"), reader.RequiredText("artifact_type"), reader.RequiredText("artifact_path"));
        if (!ArtifactType.TryParse(typeName, out var type)) throw reader.Invalid(table.Position, $"'{typeName}' is not an artifact type");
        if (ArtifactId.DescribeBadName(name) is { } problem) throw reader.Invalid(table.Position, $"'{name}' is not a valid name: it {problem}");
        // Paths that Windows wrote have its separator.
        var slashed = path.Replace('\\', '/').Trim('/');
        if (Path.IsPathRooted(path) || !IsPath(slashed)) throw reader.Invalid(table.Position, $"'{path}' is not a path in the profile root");
        if (!IsPlaceOf(new ArtifactId(type, name), slashed))
        {
            throw reader.Invalid(table.Position, $"'{path}' is not the path of a copy of {type}:{name}: that is the name{(type.IsFolder ? "" : " with '.md'")} in a folder without a leading dot");
        }

        var deployedAt = _time.Read(reader.OptionalText("deployed_at"));
        var namedAt = IsoTime.Read(table.FindText(CollectionSetAt)) is { } setAt && !(setAt < deployedAt) ? setAt : deployedAt;
        // Old files have only collection_sha.
        var hash = reader.OptionalText("content_hash") is { Length: > 0 } content ? content : reader.RequiredText("collection_sha");
        return new DeploymentRecord
        {
            Artifact = new ArtifactId(type, name),
            Collection = _currentNames.Of(reader.OptionalText("from_collection") ?? "", namedAt),
            Path = slashed,
            ContentHash = hash,
            DeployedAt = deployedAt,
            Profile = reader.OptionalText("deployment_profile_id") is { Length: > 0 } profile ? profile : Profiles.Profile.ClaudeCode,
            Lineage = reader.OptionalTexts("version_lineage") ?? [hash],
            ModifiedSince = IsoTime.Read(reader.OptionalText("modification_detected_at")),
        };
    }
}

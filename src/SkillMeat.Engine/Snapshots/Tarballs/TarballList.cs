using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Toml;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>
/// The list of tarballs (<c>snapshots.toml</c>). Python SkillMeat deletes a collection before it opens a listed tarball, so only sound ones may ever be listed.
/// </summary>
internal sealed class TarballList
{
    private readonly TomlDocument _document;
    private readonly string _path;

    private TarballList(byte[]? bytes, string path)
    {
        _document = bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path);
        _path = path;
        Bytes = bytes;
    }

    /// <summary>The bytes of the file as it was read, or null if there was none.</summary>
    public byte[]? Bytes { get; }

    /// <exception cref="DataFileException">The file is not TOML.</exception>
    /// <exception cref="StorageException">The file cannot be read, or its folder is a link.</exception>
    public static TarballList Read(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        OwnFolders.Check(Path.GetDirectoryName(folder)!);
        OwnFolders.Check(folder);
        return new TarballList(StorageGuard.Run("read", path, () => Disk.HasEntry(path) ? RegularFile.ReadAllBytes(path, links: LinkUse.Refuse) : null), path);
    }

    /// <summary>Returns the entries, newest first. Entries without a valid id are ignored.</summary>
    /// <exception cref="DataFileException">An entry lacks a required key.</exception>
    public IReadOnlyList<TarballRecord> Records() =>
        [.. Tables().Select(ReadRecord).Where(record => SnapshotId.IsValid(record.Id)).DistinctBy(record => record.Id).OrderByDescending(record => record.Id, StringComparer.Ordinal)];

    public void Add(TarballRecord record)
    {
        var table = _document.Root.GetOrAddArray("snapshots").Add();
        table.Set("id", TomlValue.Of(record.Id));
        table.Set("timestamp", TomlValue.Of(IsoTime.Write(record.CreatedAt)));
        table.Set("message", TomlValue.Of(record.Message));
        table.Set("artifact_count", TomlValue.Of(record.ArtifactCount));
        table.Set("tarball_path", TomlValue.Of(record.Path));
    }

    public void Remove(IReadOnlyCollection<string> ids)
    {
        var array = _document.Root.GetOrAddArray("snapshots");
        for (var i = array.Count - 1; i >= 0; i--)
        {
            if (array[i].Find("id") is { Kind: TomlValueKind.String } id && ids.Contains(id.AsString()))
            {
                array.RemoveAt(i);
            }
        }
    }

    /// <summary>Corrects the paths of the tarballs in a folder that gets another name.</summary>
    public void MoveTo(string from, string to)
    {
        foreach (var table in Tables())
        {
            if (table.FindText("tarball_path") is { } path && FindBelow(from, path) is { } below) table.Set("tarball_path", TomlValue.Of(Path.Combine(to, below)));
        }
    }

    // The home may be named in another way, such as by a link.
    private static string? FindBelow(string folder, string path)
    {
        if (PathEquality.IsIn(folder, path)) return Path.GetRelativePath(folder, path);
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0', StringComparison.Ordinal) || Path.GetDirectoryName(path) is not { } parent || !Directory.Exists(parent)) return null;
        return PathEquality.Comparer.Equals(LinkTarget.RealFolder(parent), LinkTarget.RealFolder(folder)) ? Path.GetFileName(path) : null;
    }

    public byte[] ToBytes() => _document.ToBytes();

    private IReadOnlyList<TomlTable> Tables() => new TableReader(_document.Root, _path, "the list of snapshots").Tables("snapshots");

    private TarballRecord ReadRecord(TomlTable table)
    {
        var reader = new TableReader(table, _path, "a snapshot");
        var id = reader.RequiredText("id");
        // An id that is none is ignored later, and must not be part of a path before.
        if (!SnapshotId.IsValid(id)) return new TarballRecord(id, DateTimeOffset.UnixEpoch, "", 0, _path);
        var stated = reader.OptionalText("tarball_path");
        // A home that was moved, or comes from another machine, still has its tarballs beside the list.
        var beside = Path.Combine(Path.GetDirectoryName(_path)!, $"{id}.tar.gz");
        var count = table.Find("artifact_count") is { Kind: TomlValueKind.Integer } number ? (int)Math.Clamp(number.AsInteger(), 0, int.MaxValue) : 0;
        return new TarballRecord(
            id,
            IsoTime.Read(reader.OptionalText("timestamp")) ?? SnapshotId.TimeOf(id),
            reader.OptionalText("message") ?? "",
            count,
            stated is not null && Path.IsPathFullyQualified(stated) && !stated.Contains('\0', StringComparison.Ordinal) && (File.Exists(stated) || !File.Exists(beside)) ? stated : beside);
    }
}

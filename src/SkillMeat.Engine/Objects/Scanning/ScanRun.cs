using System.Buffers;
using System.IO.Enumeration;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects.Chunks;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Scanning;

/// <summary>A scan of a folder.</summary>
internal sealed class ScanRun : IDisposable
{
    private const int MaxAttempts = 5;
    private const long NanosecondsPerTick = 100;

    private readonly ObjectWriter _writer;
    private readonly string _root;
    private readonly long _lastScan;
    private readonly IReadOnlyDictionary<string, RememberedFolder> _remembered;
    private readonly CancellationToken _cancellation;
    private readonly StampReader _stamps;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(ChunkSize.WholeLength + 1);
    private readonly Dictionary<string, RememberedFolder> _seen = new(StringComparer.Ordinal);
    private readonly List<ScanWarning> _warnings = [];
    private int _files;
    private int _filesRead;
    private bool _foundChanges;

    public ScanRun(
        ObjectWriter writer, string root, (long ScannedAt, IReadOnlyDictionary<string, RememberedFolder> Folders) remembered, TimeProvider time, CancellationToken cancellation)
    {
        _writer = writer;
        _root = root;
        (_lastScan, _remembered) = remembered;
        _cancellation = cancellation;
        StartedAt = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
        _stamps = new StampReader(root);
    }

    /// <summary>The time at which the scan began, in nanoseconds since 1970.</summary>
    public long StartedAt { get; }

    /// <summary>The folders seen, for the next scan.</summary>
    public IReadOnlyDictionary<string, RememberedFolder> Seen => _seen;

    /// <summary>Whether the next scan would benefit from what this one saw.</summary>
    public bool IsWorthSaving => _filesRead > 0 || _foundChanges || _seen.Count != _remembered.Count;

    public TreeScan Scan()
    {
        if (!_stamps.TryRead("", out var stamp) || stamp.Type != FileType.Folder)
        {
            throw new StorageException(ErrorIds.StorageFailed, _root, $"cannot read {_root}: there is no such folder");
        }

        var (id, size) = ScanFolder("", stamp);
        return new TreeScan(id, _files, size, _filesRead, _warnings);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _stamps.Dispose();
    }

    private (ObjectId Id, long Size) ScanFolder(string path, FileStamp stamp)
    {
        _cancellation.ThrowIfCancellationRequested();
        var remembered = _remembered.GetValueOrDefault(path);
        var candidates = Candidates(path, stamp, remembered);
        var entries = new List<TreeEntry>(candidates.Count);
        var seen = new List<RememberedEntry>(candidates.Count);
        var size = 0L;
        foreach (var candidate in candidates)
        {
            if (ScanEntry(path, candidate, seen) is not { } entry) continue;
            entries.Add(entry);
            size += entry.Size;
        }

        var isSame = remembered is not null && seen.SequenceEqual(remembered.Entries);
        var id = isSame && _writer.HasTree(remembered!.Id, entries.Count) ? remembered.Id : _writer.AddTree(entries);
        _seen[path] = new RememberedFolder(stamp, seen, id);
        _foundChanges |= remembered?.Stamp != stamp || (stamp.RecordsListChanges && !stamp.IsSettledAt(_lastScan)) || !isSame || id != remembered.Id;
        return (id, size);
    }

    // Returns the names in a folder, with what is remembered of each. A folder with an unchanged stamp has the same names, so it need not be listed.
    private IReadOnlyList<RememberedEntry> Candidates(string path, FileStamp stamp, RememberedFolder? remembered)
    {
        if (remembered is not null && remembered.Stamp == stamp && stamp.RecordsListChanges && stamp.IsSettledAt(_lastScan)) return remembered.Entries;
        var known = remembered?.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        return Names(path).ConvertAll(name => known is not null && known.TryGetValue(name, out var entry) ? entry : new RememberedEntry(name, default, default));
    }

    private List<string> Names(string path)
    {
        var full = FullPath(path);
        return StorageGuard.Run("read", full, () =>
        {
            try
            {
                return new FileSystemEnumerable<string>(full, (ref FileSystemEntry entry) => entry.FileName.ToString(), new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
                    .ToList();
            }
            catch (DirectoryNotFoundException) when (path.Length > 0)
            {
                return [];
            }
        });
    }

    // Null if the entry is not stored, or does not exist any more.
    private TreeEntry? ScanEntry(string folder, RememberedEntry remembered, List<RememberedEntry> seen)
    {
        var name = remembered.Name;
        var path = folder.Length == 0 ? name : $"{folder}/{name}";
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (!_stamps.TryRead(path, out var stamp)) return IsReadable(name, path) ? null : throw NotUtf8(path);
            switch (stamp.Type)
            {
                case FileType.Folder:
                    CheckName(name, path);
                    var (id, size) = ScanFolder(path, stamp);
                    seen.Add(new RememberedEntry(name, stamp, id));
                    return new TreeEntry(name, TreeEntryKind.Folder, id, size) { Mode = stamp.Mode };
                case FileType.Link when LinkTarget(path) is { } target:
                    CheckName(name, path);
                    var link = _writer.AddBlob(target);
                    seen.Add(new RememberedEntry(name, stamp, link));
                    return new TreeEntry(name, TreeEntryKind.Link, link, target.Length);
                case FileType.Other:
                    seen.Add(new RememberedEntry(name, stamp, default));
                    _warnings.Add(new ScanWarning(path, "not stored: it is a device, a pipe or a socket"));
                    return null;
                case FileType.File when FindBlob(path, stamp, remembered) is { } blob:
                    CheckName(name, path);
                    seen.Add(new RememberedEntry(name, stamp, blob));
                    _files++;
                    return new TreeEntry(name, stamp.IsExecutable ? TreeEntryKind.Executable : TreeEntryKind.File, blob, stamp.Size) { Mode = stamp.Mode };
                default:
                    // It changed while it was being read, or became another type.
                    _cancellation.WaitHandle.WaitOne(1 << attempt);
                    _cancellation.ThrowIfCancellationRequested();
                    break;
            }
        }

        throw new StorageException(ErrorIds.ConcurrentChange, FullPath(path), $"cannot read {FullPath(path)}: another program keeps changing it or holding it open; try again");
    }

    private ObjectId? FindBlob(string path, FileStamp stamp, RememberedEntry remembered) =>
        remembered.Stamp == stamp && stamp.IsSettledAt(_lastScan) && _writer.HasBlob(remembered.Id) ? remembered.Id : ReadFile(path, stamp);

    // Null if the file changed meanwhile.
    private ObjectId? ReadFile(string path, FileStamp stamp)
    {
        _cancellation.ThrowIfCancellationRequested();
        var full = FullPath(path);
        try
        {
            _filesRead++;
            var id = ReadFile(full, stamp.Size);
            return id is not null && _stamps.TryRead(path, out var after) && after == stamp ? id : null;
        }
        catch (Exception e) when (e is EndOfStreamException || StorageErrors.IsMissing(e) || (e is IOException io && StorageErrors.IsInUse(io)))
        {
            return null;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", full);
        }
    }

    private ObjectId? ReadFile(string full, long size)
    {
        using var handle = RegularFile.OpenHandle(full, LinkUse.Refuse);
        if (size <= ChunkSize.WholeLength)
        {
            var read = 0;
            for (var more = -1; more != 0 && read <= size; read += more) more = RandomAccess.Read(handle, _buffer.AsSpan(read, (int)size + 1 - read), read);
            return read == size ? _writer.AddBlob(_buffer.AsSpan(0, read)) : null;
        }

        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        var id = _writer.AddBlob(stream, size, _cancellation);
        return stream.Read(_buffer, 0, 1) == 0 ? id : null;
    }

    // Null if it is not a link any more.
    private byte[]? LinkTarget(string path)
    {
        var full = FullPath(path);
        var target = StorageGuard.Run("read", full, () => new FileInfo(full).LinkTarget);
        if (target is null) return null;
        return target.Contains('\uFFFD', StringComparison.Ordinal) ? throw NotUtf8(path) : Encoding.UTF8.GetBytes(target);
    }

    // .NET replaces invalid Unicode in names with this character, and the resulting name does not exist.
    private static bool IsReadable(string name, string path) => !name.Contains('\uFFFD', StringComparison.Ordinal) || path.Length == 0;

    private void CheckName(string name, string path)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (!char.IsSurrogatePair(name, i)) throw NotUtf8(path);
            i++;
        }
    }

    private StorageException NotUtf8(string path) =>
        new(ErrorIds.StorageFailed, FullPath(path), $"cannot store {FullPath(path)}: its name or link target is not valid Unicode; rename it");

    private string FullPath(string path) => path.Length == 0 ? _root : Path.Combine(_root, path);
}

using System.Buffers;
using System.IO.Enumeration;
using System.Text;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage;

namespace SkillMeat.Cache.Places;

/// <summary>
/// Lists the files and folders on which an answer depends, with one hash over their stamps. The answer is worked out before the walk: what changed since is not steady, so the answer is not used again.
/// Not thread-safe.
/// </summary>
/// <param name="root">The full path of the folder to which the paths refer.</param>
/// <param name="before">The time before the answer was worked out, in nanoseconds since 1970.</param>
internal sealed class PlaceWalk(string root, long before) : IDisposable
{
    // Of far more files than artifacts have. What depends on more is worked out again each time.
    private const int MostPlaces = 50_000;

    private readonly StampReader _stamps = new(root);
    private readonly Dictionary<string, FileType?> _seen = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _places = new(1024);
    private readonly PlaceHash _hash = new();
    private bool _isSteady = true;

    /// <summary>The links that were found, by the paths as they were added.</summary>
    public List<string> Links { get; } = [];

    /// <summary>Whether every later change of one of the places alters the hash.</summary>
    public bool IsSteady => _isSteady && _seen.Count <= MostPlaces;

    /// <summary>The paths in UTF-8, each with a zero at its end.</summary>
    public byte[] Places => _places.WrittenSpan.ToArray();

    /// <summary>Returns the hash of the stamps.</summary>
    public byte[] Finish() => _hash.Finish();

    /// <summary>Adds a path and the folders on the way to it, up to the first that does not exist.</summary>
    /// <param name="path">The path below the root, with <c>/</c>; or a full path, which is added alone.</param>
    /// <returns>The type of what is there, or null.</returns>
    public FileType? Add(string path)
    {
        for (var end = Path.IsPathFullyQualified(path) ? -1 : path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (AddOne(path[..end]) != FileType.Folder) return null;
        }

        return AddOne(path);
    }

    /// <summary>Adds a path, the folders on the way to it, and everything in it.</summary>
    /// <inheritdoc cref="Add"/>
    public void AddTree(string path)
    {
        if (Add(path) == FileType.Folder) AddBelow(path);
    }

    /// <inheritdoc/>
    public void Dispose() => _stamps.Dispose();

    private void AddBelow(string folder)
    {
        foreach (var name in Names(folder))
        {
            if (_seen.Count > MostPlaces) return;
            var path = $"{folder}/{name}";
            if (_seen.ContainsKey(path)) continue;
            if (AddOne(path) == FileType.Folder) AddBelow(path);
        }
    }

    private FileType? AddOne(string path)
    {
        if (_seen.TryGetValue(path, out var known)) return known;
        var bytes = Encoding.UTF8.GetBytes(path + '\0');
        _places.Write(bytes);
        if (!_stamps.TryRead(bytes, out var stamp))
        {
            _hash.AddMissing();
            _seen[path] = null;
            return null;
        }

        _hash.Add(stamp, root, bytes);
        _isSteady &= stamp.IsSettledAt(before);
        if (stamp.Type == FileType.Link) Links.Add(path);
        _seen[path] = stamp.Type;
        return stamp.Type;
    }

    private List<string> Names(string folder)
    {
        var full = Path.Combine(root, folder.Replace('/', Path.DirectorySeparatorChar));
        return StorageGuard.Run("read", full, () =>
        {
            try
            {
                var names = new FileSystemEnumerable<string>(full, (ref FileSystemEntry entry) => entry.FileName.ToString(), new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).ToList();
                // Names that are no Unicode cannot be found again.
                _isSteady &= !names.Exists(name => name.Contains('\uFFFD', StringComparison.Ordinal));
                return names;
            }
            catch (DirectoryNotFoundException)
            {
                _isSteady = false;
                return [];
            }
        });
    }
}

using System.Security.Cryptography;
using SkillMeat.Objects;

namespace SkillMeat.Projects.Drift;

/// <summary>
/// The content hashes of stored or scanned contents by their object ids, so that what is unchanged is not read again. It can be deleted at any time; a damaged one is ignored. Thread-safe.
/// </summary>
/// <remarks>Format: "SKMHASH" and the version, pairs of an object id and a content hash, and the SHA-256 of all this.</remarks>
internal sealed class ContentHashCache
{
    private const int HashLength = 32;
    // Of far more artifacts than any home has; older ones are calculated again.
    private const int MostEntries = 200_000;

    private readonly ObjectStore _store;
    private readonly Dictionary<ObjectId, string> _hashes;
    private bool _isChanged;

    private ContentHashCache(ObjectStore store, Dictionary<ObjectId, string> hashes)
    {
        _store = store;
        _hashes = hashes;
    }

    private static ReadOnlySpan<byte> Header => "SKMHASH\u0001"u8;

    /// <summary>Reads the cache of a home.</summary>
    public static ContentHashCache Read(ObjectStore store)
    {
        var hashes = new Dictionary<ObjectId, string>();
        if (UnflushedFile.TryRead(PathIn(store)) is not { } bytes) return new ContentHashCache(store, hashes);
        var content = bytes.AsSpan(0, Math.Max(0, bytes.Length - HashLength));
        if (!content.StartsWith(Header) || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length))) return new ContentHashCache(store, hashes);
        var pairs = content[Header.Length..];
        for (; pairs.Length >= ObjectId.Length + HashLength; pairs = pairs[(ObjectId.Length + HashLength)..])
        {
            hashes[new ObjectId(pairs[..ObjectId.Length])] = Convert.ToHexString(pairs.Slice(ObjectId.Length, HashLength)).ToLowerInvariant();
        }

        return new ContentHashCache(store, hashes);
    }

    /// <summary>Returns the hash of a content, or null if it is not known.</summary>
    public string? Find(ObjectId content)
    {
        lock (_hashes) return _hashes.GetValueOrDefault(content);
    }

    /// <summary>Adds the hash of a content.</summary>
    public void Add(ObjectId content, string hash)
    {
        lock (_hashes) _isChanged |= _hashes.TryAdd(content, hash);
    }

    /// <summary>Writes the cache, if something was added. A failure only makes the next run slower.</summary>
    public bool TryWrite()
    {
        lock (_hashes)
        {
            if (!_isChanged) return true;
            var target = new MemoryStream();
            target.Write(Header);
            Span<byte> bytes = stackalloc byte[ObjectId.Length];
            foreach (var (id, hash) in _hashes.Skip(Math.Max(0, _hashes.Count - MostEntries)))
            {
                id.CopyTo(bytes);
                target.Write(bytes);
                target.Write(Convert.FromHexString(hash));
            }

            target.Write(SHA256.HashData(target.GetBuffer().AsSpan(0, (int)target.Length)));
            _isChanged = false;
            return UnflushedFile.TryWrite(_store.Disk, PathIn(_store), target.ToArray());
        }
    }

    private static string PathIn(ObjectStore store) => Path.Combine(store.Home, "cache", "content-hashes.bin");
}

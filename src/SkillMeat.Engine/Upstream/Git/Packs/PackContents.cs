namespace SkillMeat.Upstream.Git.Packs;

/// <summary>A pack that has been indexed, so that its objects can be read by id.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PackContents : IDisposable
{
    private readonly PackData _pack;
    private readonly PackEntry[] _entries;
    private readonly Dictionary<GitOid, int> _places;
    private readonly PackReader _reader;
    private readonly GitHash _hash;

    private PackContents(PackData pack, PackEntry[] entries, PackReader reader, GitHash hash)
    {
        _pack = pack;
        _entries = entries;
        _reader = reader;
        _hash = hash;
        _places = new Dictionary<GitOid, int>(entries.Length);
        for (var i = 0; i < entries.Length; i++) _places.TryAdd(entries[i].Oid, i);
    }

    /// <summary>The ids of all objects.</summary>
    public IReadOnlyCollection<GitOid> Oids => _places.Keys;

    /// <summary>Reads the pack once to index it. The result owns the pack, which is closed if this fails.</summary>
    /// <exception cref="GitProtocolException">The pack is damaged, or contains something that is too large.</exception>
    public static PackContents Open(PackData pack, int mostObjectBytes, CancellationToken cancellationToken)
    {
        var hash = new GitHash();
        try
        {
            var cursor = new PackCursor(pack);
            var inflater = new Inflater(cursor, cancellationToken);
            var scan = new PackScanner(cursor, inflater, hash, cancellationToken).Scan();
            new DeltaResolver(scan, new PackReader(cursor, inflater, scan.Entries, mostObjectBytes), hash, cancellationToken).Resolve();

            // The objects are read later, when the cancellation token of this call no longer applies.
            var reader = new PackReader(cursor, new Inflater(cursor, CancellationToken.None), scan.Entries, mostObjectBytes);
            return new PackContents(pack, scan.Entries, reader, hash);
        }
        catch
        {
            hash.Dispose();
            pack.Dispose();
            throw;
        }
    }

    /// <summary>Returns the kind and size in bytes of an object, or null if it is not in the pack.</summary>
    public (GitObjectKind Kind, int Size)? Find(GitOid oid) =>
        _places.TryGetValue(oid, out var place) ? (_entries[place].Kind, _entries[place].Size) : null;

    /// <summary>Reads the content of an object.</summary>
    /// <param name="oid">The id of an object in the pack.</param>
    /// <param name="keep">
    /// Whether the object is likely to be read again soon. The array is then shared and must not be changed; otherwise it is a new one.
    /// </param>
    /// <exception cref="GitProtocolException">The pack is damaged, so that the content differs from that of the first reading.</exception>
    public byte[] Read(GitOid oid, bool keep)
    {
        _reader.RestoreBudget();
        var place = _places[oid];
        var content = keep ? _reader.Read(place, isBase: true) : _reader.ReadCopy(place);
        return _hash.Of(_entries[place].Kind, content) == oid ? content : throw GitProtocolException.Corrupt($"{oid} is another object than it says");
    }

    public void Dispose()
    {
        _hash.Dispose();
        _pack.Dispose();
    }
}

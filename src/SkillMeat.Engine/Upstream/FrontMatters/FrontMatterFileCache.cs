using System.Text;
using SkillMeat.Objects;
using SkillMeat.Upstream.Caching;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// Caches front matter in one file: for each artifact path, the last blob that was read there and its front matter. Its size is bounded by the number
/// of paths ever followed.
/// </summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
/// <remarks>A record of the file is the id of the blob, with its length in bytes before it, and the front matter.</remarks>
internal sealed class FrontMatterFileCache(string file, Random random, Action<string> report) : IFrontMatterCache
{
    private const byte Version = 1;

    private readonly RecordCacheFile _file = new(file, Version, random, report);
    private readonly object _gate = new();
    private readonly Dictionary<string, (string BlobId, FrontMatter FrontMatter)> _added = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FrontMatter> _addedByBlob = new(StringComparer.Ordinal);
    private CacheRecords? _saved;
    private Dictionary<string, int>? _savedByBlob;

    public FrontMatter? Find(RepositoryAddress repository, string path, string blobId)
    {
        lock (_gate)
        {
            if (FindSaved(repository, path, blobId) is { } saved) return saved;
            if (FindAnywhere(blobId) is not { } known) return null;
            _added[CacheKey.Of(repository, path)] = (blobId, known);
            return known;
        }
    }

    public bool HasSeen(RepositoryAddress repository, string path)
    {
        lock (_gate)
        {
            return TryFindRecord(repository, path, out _) || (_added.Count > 0 && _added.ContainsKey(CacheKey.Of(repository, path)));
        }
    }

    public void Add(RepositoryAddress repository, string path, string blobId, FrontMatter frontMatter)
    {
        lock (_gate)
        {
            _added[CacheKey.Of(repository, path)] = (blobId, frontMatter);
            _addedByBlob[blobId] = frontMatter;
        }
    }

    public void Save()
    {
        lock (_gate)
        {
            if (_added.Count == 0) return;
            // Another process may have changed the file since it was read.
            (_saved, _savedByBlob) = (null, null);
            var theirs = _file.Read();
            if (!_file.Write(writer => Merge(theirs, writer))) return;
            _added.Clear();
            _addedByBlob.Clear();
        }
    }

    private FrontMatter? FindSaved(RepositoryAddress repository, string path, string blobId) =>
        TryFindRecord(repository, path, out var record) ? Read(record, blobId) : null;

    private FrontMatter? FindAnywhere(string blobId)
    {
        if (_addedByBlob.TryGetValue(blobId, out var added)) return added;
        return (_savedByBlob ??= IndexByBlob()).TryGetValue(blobId, out var record) ? Read(Saved().ValueOf(record), blobId) : null;
    }

    private bool TryFindRecord(RepositoryAddress repository, string path, out ReadOnlySpan<byte> record) =>
        Saved().TryFind(CacheKey.Of(repository, path, stackalloc byte[CacheKey.UsualSize]), out record);

    private CacheRecords Saved() => _saved ??= _file.Read();

    /// <summary>Indexes the file by blob, for artifacts that moved or are in several places.</summary>
    private Dictionary<string, int> IndexByBlob()
    {
        var records = new Dictionary<string, int>(Saved().Count, StringComparer.Ordinal);
        for (var record = 0; record < Saved().Count; record++)
        {
            if (ReadBlobId(Saved().ValueOf(record)) is { } blobId) records[blobId] = record;
        }

        return records;
    }

    /// <summary>Reads a record; returns null if it is that of another blob, or somebody else has written it wrongly.</summary>
    private static FrontMatter? Read(ReadOnlySpan<byte> record, string blobId)
    {
        try
        {
            var reader = new ByteReader(record);
            return Ascii.Equals(reader.Bytes(reader.Count()), blobId) ? FrontMatterBytes.Read(ref reader) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? ReadBlobId(ReadOnlySpan<byte> record)
    {
        try
        {
            var reader = new ByteReader(record);
            return reader.Text(reader.Count());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Writes the file's entries and the added ones.</summary>
    private void Merge(CacheRecords theirs, CacheRecordWriter writer)
    {
        for (var record = 0; record < theirs.Count; record++)
        {
            if (!_added.ContainsKey(Encoding.UTF8.GetString(theirs.KeyOf(record)))) writer.Write(theirs.KeyOf(record), theirs.ValueOf(record));
        }

        var value = new ByteWriter();
        foreach (var (key, (blobId, frontMatter)) in _added)
        {
            value.Clear();
            var id = Encoding.UTF8.GetBytes(blobId);
            value.Number(id.Length);
            value.Bytes(id);
            FrontMatterBytes.Write(value, frontMatter);
            writer.Write(Encoding.UTF8.GetBytes(key), value.Span);
        }
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Scans a pack once (gitformat-pack): finds all entries, checks their sizes, and computes the ids of complete objects.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PackScanner
{
    private const int HeaderLength = 12;
    private const int OffsetDelta = 6;
    private const int ReferenceDelta = 7;

    // One byte of header and the eight bytes of the shortest zlib stream.
    private const int ShortestEntry = 9;

    private readonly PackCursor _cursor;
    private readonly Inflater _inflater;
    private readonly GitHash _hash;
    private readonly HashSink _sink;
    private readonly CancellationToken _cancellationToken;
    private readonly List<PackEntry> _entries = [];
    private readonly Dictionary<GitOid, List<int>> _waitingFor = [];
    private long _budget = PackLimits.MaxInflated;

    public PackScanner(PackCursor cursor, Inflater inflater, GitHash hash, CancellationToken cancellationToken)
    {
        _cursor = cursor;
        _inflater = inflater;
        _hash = hash;
        _sink = new HashSink(hash);
        _cancellationToken = cancellationToken;
    }

    /// <exception cref="GitProtocolException">The pack is damaged, or contains something that is too large.</exception>
    public PackScan Scan()
    {
        var count = ReadHeader();
        for (uint i = 0; i < count; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _entries.Add(ReadEntry());
        }

        if (_cursor.Remaining > 0) throw GitProtocolException.Corrupt("the pack has extra data after its objects");
        return new PackScan([.. _entries], _waitingFor);
    }

    private uint ReadHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        _cursor.Read(header);
        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (!header.StartsWith("PACK"u8) || version is not (2 or 3)) throw GitProtocolException.Corrupt("the data is not a pack");
        var count = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        return count <= _cursor.Remaining / ShortestEntry ? count : throw GitProtocolException.Corrupt("the pack is too short for its objects");
    }

    private PackEntry ReadEntry()
    {
        var entry = new PackEntry { Offset = _cursor.Offset, Base = PackEntry.NoBase };
        (var type, entry.InflatedSize) = ReadTypeAndSize();
        switch (type)
        {
            case (int)GitObjectKind.Commit or (int)GitObjectKind.Tree or (int)GitObjectKind.Blob or (int)GitObjectKind.Tag:
                ReadWhole(ref entry, (GitObjectKind)type);
                break;
            case OffsetDelta:
                entry.Base = EntryAt(entry.Offset - ReadDistance());
                ReadDelta(ref entry);
                break;
            case ReferenceDelta:
                WaitFor(ReadOid(), _entries.Count);
                ReadDelta(ref entry);
                break;
            default:
                throw GitProtocolException.Corrupt($"the pack holds an object of the unknown type {type}");
        }

        return entry;
    }

    private void ReadWhole(ref PackEntry entry, GitObjectKind kind)
    {
        (entry.Kind, entry.Size, entry.DataOffset) = (kind, entry.InflatedSize, _cursor.Offset);
        CheckSize(entry.InflatedSize);
        _hash.Begin(kind, entry.InflatedSize);
        _inflater.Inflate(_sink, entry.InflatedSize);
        entry.Oid = _hash.End();
    }

    private void ReadDelta(ref PackEntry entry)
    {
        entry.DataOffset = _cursor.Offset;
        CheckSize(entry.InflatedSize);
        _inflater.Inflate(sink: null, entry.InflatedSize);
    }

    private void CheckSize(int size)
    {
        if (size / Inflater.MostExpansion > _cursor.Remaining) throw GitProtocolException.Corrupt("the pack is too short for an object's size");
        _budget -= size;
        if (_budget < 0) throw GitProtocolException.TooLarge($"a pack that is inflated to more than {PackLimits.MaxInflated} bytes");
    }

    // Three bits of type and four of size, then seven more bits in each byte as long as the highest bit is set; the lowest bits come first.
    private (int Type, int Size) ReadTypeAndSize()
    {
        int part = _cursor.ReadByte();
        var type = (part >> 4) & 7;
        long size = part & 0xF;
        for (var shift = 4; part >= 0x80; shift += 7)
        {
            part = _cursor.ReadByte();
            size |= (long)(part & 0x7F) << shift;
            if (shift > 32 || size > PackLimits.MaxObject) throw GitProtocolException.TooLarge($"an object of more than {PackLimits.MaxObject} bytes");
        }

        return (type, (int)size);
    }

    // Seven bits in each byte, highest first. Each continuation adds one, so that no number has two encodings.
    private long ReadDistance()
    {
        int part = _cursor.ReadByte();
        long distance = part & 0x7F;
        while (part >= 0x80)
        {
            part = _cursor.ReadByte();
            distance = ((distance + 1) << 7) | (long)(part & 0x7F);
            if (distance > _cursor.Offset) throw GitProtocolException.Corrupt("a delta's base lies before the pack");
        }

        return distance;
    }

    private GitOid ReadOid()
    {
        Span<byte> bytes = stackalloc byte[GitOid.Size];
        _cursor.Read(bytes);
        return new GitOid(bytes);
    }

    private void WaitFor(GitOid original, int entry)
    {
        if (!_waitingFor.TryGetValue(original, out var waiting)) _waitingFor.Add(original, waiting = []);
        waiting.Add(entry);
    }

    private int EntryAt(long offset)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Offset == offset) return middle;
            if (entries[middle].Offset < offset) low = middle + 1;
            else high = middle - 1;
        }

        throw GitProtocolException.Corrupt("a delta's base is not in the pack");
    }
}

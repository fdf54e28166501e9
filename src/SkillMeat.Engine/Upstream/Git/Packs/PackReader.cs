using System.Buffers;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Reads the objects of a pack. Chains of deltas are followed without recursion.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PackReader
{
    private const long CacheBytes = 16 * 1024 * 1024;

    private readonly PackCursor _cursor;
    private readonly Inflater _inflater;
    private readonly PackEntry[] _entries;
    private readonly int _mostBytes;
    private readonly DeltaBaseCache _bases = new(CacheBytes);
    private readonly Stack<int> _chain = new();
    private long _budget = PackLimits.MaxInflated;

    public PackReader(PackCursor cursor, Inflater inflater, PackEntry[] entries, int mostBytes)
    {
        _mostBytes = mostBytes;
        _cursor = cursor;
        _inflater = inflater;
        _entries = entries;
    }

    /// <summary>Resets the limit on inflated bytes.</summary>
    public void RestoreBudget() => _budget = PackLimits.MaxInflated;

    /// <summary>Reads the content of an object into a new array.</summary>
    public byte[] ReadCopy(int entry) => _bases.Find(entry) is { } shared ? (byte[])shared.Clone() : Read(entry);

    /// <summary>Reads the content of an object. The array must not be changed.</summary>
    /// <param name="entry">The index of the entry.</param>
    /// <param name="isBase">Whether deltas of this object will be read next.</param>
    public byte[] Read(int entry, bool isBase = false)
    {
        var content = FollowToWhole(entry, out var at);
        while (_chain.TryPop(out var next))
        {
            _bases.Keep(at, content);
            content = ApplyDelta(content, next);
            at = next;
        }

        if (isBase) _bases.Keep(entry, content);
        return content;
    }

    // Collects the deltas between an entry and a complete or cached object.
    private byte[] FollowToWhole(int entry, out int at)
    {
        _chain.Clear();
        for (at = entry; ; at = _entries[at].Base)
        {
            if (_bases.Find(at) is { } known) return known;
            if (_entries[at].Base == PackEntry.NoBase) return InflateWhole(at);
            _chain.Push(at);
        }
    }

    private byte[] InflateWhole(int entry)
    {
        CheckSize(_entries[entry].InflatedSize);
        var content = GC.AllocateUninitializedArray<byte>(_entries[entry].InflatedSize);
        Inflate(entry, content);
        return content;
    }

    private byte[] ApplyDelta(byte[] original, int entry)
    {
        var size = _entries[entry].InflatedSize;
        CheckSize(size);
        var delta = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            Inflate(entry, delta);
            var content = PackDelta.Apply(original, delta.AsSpan(0, size), _mostBytes);
            Spend(content.Length);
            return content;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(delta);
        }
    }

    private void Inflate(int entry, byte[] destination)
    {
        Spend(_entries[entry].InflatedSize);
        _cursor.Seek(_entries[entry].DataOffset);
        _inflater.Inflate(destination, _entries[entry].InflatedSize);
    }

    private void CheckSize(int size)
    {
        if (size > _mostBytes) throw GitProtocolException.TooLarge(FormattableString.Invariant($"{_mostBytes} bytes in one object"), "object-bytes");
    }

    private void Spend(long bytes)
    {
        _budget -= bytes;
        if (_budget < 0) throw GitProtocolException.TooLarge($"a pack that is inflated to more than {PackLimits.MaxInflated} bytes");
    }
}

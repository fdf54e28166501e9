using System.Buffers;
using System.Text;

namespace SkillMeat.Toml;

/// <summary>Gives each distinct key of a document a number, and creates its string only when it is needed.</summary>
internal sealed class KeyNames
{
    private const int LookupsLength = 64;
    private const int LookupsFrom = 64;

    private Name[] _names = new Name[16];
    private int[] _buckets = NewBuckets(32);
    private byte[] _bytes = new byte[256];
    private int _count;
    private int _length;
    private int _last;

    // Lookups by a few letters of the key, because the same few constants are looked up in each of thousands of tables. Several threads may read and replace them.
    private Lookup?[]? _lookups;
    private int _finds;

    public int Add(ReadOnlySpan<byte> utf8)
    {
        // Most tables of a document have the same keys in the same order.
        if (_last < _count && _names[_last].Follower is var follower && follower < _count && Utf8(follower).SequenceEqual(utf8)) return _last = follower;
        var hash = Hash(utf8);
        var found = Find(utf8, hash);
        if (found < 0) found = Append(utf8, hash);
        _names[_last].Follower = found;
        return _last = found;
    }

    /// <exception cref="ArgumentException">The key has an unpaired surrogate.</exception>
    public int Add(string key) => Add(Utf8Text.Encode(key));

    public int Find(string key)
    {
        var lookups = _lookups;
        if (key.Length == 0 || lookups is null)
        {
            // Most documents are small, and are asked for few keys.
            if (++_finds == LookupsFrom) _lookups = new Lookup?[LookupsLength];
            return FindUtf16(key);
        }

        var slot = ((key.Length * 7) + (key[0] * 3) + key[^1]) & (LookupsLength - 1);
        if (lookups[slot] is { } known && ReferenceEquals(known.Key, key)) return known.Name;
        var found = FindUtf16(key);
        if (found >= 0) lookups[slot] = new Lookup(key, found);
        return found;
    }

    private int FindUtf16(string key)
    {
        Span<byte> buffer = stackalloc byte[128];
        var status = System.Text.Unicode.Utf8.FromUtf16(key, buffer, out _, out var length, replaceInvalidSequences: false);
        if (status == OperationStatus.InvalidData) return -1;

        ReadOnlySpan<byte> utf8 = status == OperationStatus.Done ? buffer[..length] : Encoding.UTF8.GetBytes(key);
        return Find(utf8, Hash(utf8));
    }

    public ReadOnlySpan<byte> Utf8(int key) => _bytes.AsSpan(_names[key].Start, _names[key].Length);

    public string Text(int key) => _names[key].Text ??= Encoding.UTF8.GetString(Utf8(key));

    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        return hash.ToHashCode();
    }

    private static int[] NewBuckets(int length)
    {
        var buckets = new int[length];
        Array.Fill(buckets, -1);
        return buckets;
    }

    private int Find(ReadOnlySpan<byte> utf8, int hash)
    {
        var i = _buckets[hash & (_buckets.Length - 1)];
        while (i >= 0 && (_names[i].Hash != hash || !Utf8(i).SequenceEqual(utf8))) i = _names[i].Next;
        return i;
    }

    private int Append(ReadOnlySpan<byte> utf8, int hash)
    {
        if (_count == _names.Length) Grow();
        if (_length + utf8.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_length + utf8.Length, _bytes.Length * 2));
        utf8.CopyTo(_bytes.AsSpan(_length));

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _names[_count] = new Name { Hash = hash, Next = bucket, Start = _length, Length = utf8.Length };
        bucket = _count;
        _length += utf8.Length;
        return _count++;
    }

    private void Grow()
    {
        Array.Resize(ref _names, _names.Length * 2);
        _buckets = NewBuckets(_names.Length * 2);
        for (var i = 0; i < _count; i++)
        {
            ref var bucket = ref _buckets[_names[i].Hash & (_buckets.Length - 1)];
            _names[i].Next = bucket;
            bucket = i;
        }
    }

    private sealed record Lookup(string Key, int Name);

    private struct Name
    {
        public int Hash;
        public int Next;
        public int Start;
        public int Length;

        /// <summary>The key that followed this one last time.</summary>
        public int Follower;

        public string? Text;
    }
}

using System.Buffers;
using System.Text;

namespace SkillMeat.Toml;

/// <summary>Gives each distinct key of a document a number, and creates its string only when it is needed.</summary>
internal sealed class KeyNames
{
    private Name[] _names = new Name[16];
    private int[] _buckets = NewBuckets(32);
    private byte[] _bytes = new byte[256];
    private int _count;
    private int _length;

    public int Add(ReadOnlySpan<byte> utf8)
    {
        var hash = Hash(utf8);
        var found = Find(utf8, hash);
        return found >= 0 ? found : Append(utf8, hash);
    }

    /// <exception cref="ArgumentException">The key has an unpaired surrogate.</exception>
    public int Add(string key) => Add(Utf8Text.Encode(key));

    public int Find(string key)
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

    private struct Name
    {
        public int Hash;
        public int Next;
        public int Start;
        public int Length;
        public string? Text;
    }
}

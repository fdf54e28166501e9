namespace SkillMeat.Toml;

/// <summary>
/// The bytes that a document was read from, followed by everything written since. Bytes are only added, so that an offset
/// refers to the same bytes for the lifetime of the document, however often the text around them changes.
/// </summary>
internal sealed class TextBuffer(byte[] source)
{
    private byte[] _added = [];
    private int _addedLength;

    public byte[] Source => source;

    public int Length => source.Length + _addedLength;

    public ReadOnlySpan<byte> Slice(int start, int end)
    {
        if (start >= end) return default;
        return start < source.Length
            ? source.AsSpan(start, end - start)
            : _added.AsSpan(start - source.Length, end - start);
    }

    public int Add(ReadOnlySpan<byte> bytes)
    {
        var start = checked(source.Length + _addedLength);
        var length = checked(_addedLength + bytes.Length);
        if (length > _added.Length)
        {
            var larger = new byte[Math.Max(length, (int)Math.Min(Array.MaxLength, Math.Max(256L, _added.Length * 2L)))];
            _added.AsSpan(0, _addedLength).CopyTo(larger);
            bytes.CopyTo(larger.AsSpan(_addedLength));
            _added = larger;
        }
        else
        {
            bytes.CopyTo(_added.AsSpan(_addedLength));
        }

        _addedLength = length;
        return start;
    }
}

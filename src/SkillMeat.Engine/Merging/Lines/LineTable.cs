namespace SkillMeat.Merging.Lines;

/// <summary>Gives equal lines of several texts the same number, so that each line's bytes are looked at once.</summary>
internal sealed class LineTable
{
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _ids = new(new LineComparer());

    public TextLines Read(ReadOnlyMemory<byte> text)
    {
        var ids = new List<int>();
        var starts = new List<int> { 0 };
        for (var at = 0; at < text.Length; at = starts[^1])
        {
            var feed = text.Span[at..].IndexOf((byte)'\n');
            var end = feed < 0 ? text.Length : at + feed + 1;
            ids.Add(IdOf(text[at..end]));
            starts.Add(end);
        }

        return new TextLines(text, [.. ids], [.. starts]);
    }

    private int IdOf(ReadOnlyMemory<byte> line)
    {
        if (_ids.TryGetValue(line, out var id)) return id;
        _ids.Add(line, _ids.Count);
        return _ids.Count - 1;
    }

    private sealed class LineComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}

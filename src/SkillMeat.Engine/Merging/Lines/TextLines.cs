namespace SkillMeat.Merging.Lines;

/// <summary>The lines of a text, counted from 0. A line is its bytes, with the line feed that ends it.</summary>
internal sealed class TextLines
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly int[] _starts;

    private TextLines(ReadOnlyMemory<byte> text, Dictionary<ReadOnlyMemory<byte>, int> known)
    {
        var (ids, starts) = (new List<int>(), new List<int> { 0 });
        for (var at = 0; at < text.Length; at = starts[^1])
        {
            var feed = text.Span[at..].IndexOf((byte)'\n');
            var end = feed < 0 ? text.Length : at + feed + 1;
            ids.Add(IdOf(text[at..end], known));
            starts.Add(end);
        }

        (_text, Ids, _starts) = (text, [.. ids], [.. starts]);
    }

    /// <summary>A number for each line. Equal numbers are equal lines, also between texts that were read together.</summary>
    public int[] Ids { get; }

    public int Count => Ids.Length;

    /// <summary>Reads texts that are to be compared.</summary>
    public static TextLines[] Read(params ReadOnlyMemory<byte>[] texts) => Read(ignoresEndings: false, texts);

    /// <summary>Reads texts that are to be compared.</summary>
    /// <param name="ignoresEndings">Whether lines are equal that differ only in the carriage return before the line feed.</param>
    /// <param name="texts">The texts.</param>
    public static TextLines[] Read(bool ignoresEndings, params ReadOnlyMemory<byte>[] texts)
    {
        var known = new Dictionary<ReadOnlyMemory<byte>, int>(new LineComparer(ignoresEndings));
        return Array.ConvertAll(texts, text => new TextLines(text, known));
    }

    public ReadOnlySpan<byte> Bytes(int start, int count) => _text.Span[_starts[start].._starts[start + count]];

    private static int IdOf(ReadOnlyMemory<byte> line, Dictionary<ReadOnlyMemory<byte>, int> known)
    {
        if (known.TryGetValue(line, out var id)) return id;
        known.Add(line, known.Count);
        return known.Count - 1;
    }

    private sealed class LineComparer(bool ignoresEndings) : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => HasFeed(x) == HasFeed(y) && TextOf(x).SequenceEqual(TextOf(y));

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(TextOf(obj));
            return hash.ToHashCode();
        }

        private static bool HasFeed(ReadOnlyMemory<byte> line) => line.Span.EndsWith("\n"u8);

        private ReadOnlySpan<byte> TextOf(ReadOnlyMemory<byte> line) => ignoresEndings && line.Span.EndsWith("\r\n"u8) ? line.Span[..^2] : HasFeed(line) ? line.Span[..^1] : line.Span;
    }
}

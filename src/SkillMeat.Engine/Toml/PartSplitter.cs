namespace SkillMeat.Toml;

/// <summary>Divides a file at the headers of one kind, so that its parts can be read one by one. Looks at the starts of lines only, so each part must be read to know that it is one.</summary>
internal static class PartSplitter
{
    /// <summary>Finds the parts that begin with a header. The end of a body is not known yet, and is that of its part.</summary>
    /// <param name="text">The file.</param>
    /// <param name="opening">The start of the line at which a part begins, such as <c>[[artifacts]]</c>.</param>
    /// <param name="inner">The start of the headers that a part contains, such as <c>[artifacts.</c>; empty if it contains none.</param>
    public static TextPart[] Split(ReadOnlySpan<byte> text, ReadOnlySpan<byte> opening, ReadOnlySpan<byte> inner)
    {
        var parts = new List<TextPart>();
        var start = -1;
        for (var line = NextHeader(text, 0); line < text.Length; line = NextHeader(text, line + 1))
        {
            var header = text[line..];
            var opens = header.StartsWith(opening);
            if (!opens && start >= 0 && IsInner(header, inner)) continue;
            if (start >= 0) parts.Add(new TextPart(start, line, line));
            start = opens ? line : -1;
        }

        if (start >= 0) parts.Add(new TextPart(start, text.Length, text.Length));
        return [.. parts];
    }

    private static bool IsInner(ReadOnlySpan<byte> header, ReadOnlySpan<byte> inner) =>
        !inner.IsEmpty && (header.StartsWith(inner) || header[1..].StartsWith(inner));

    // The length of the text if no further line begins with a bracket.
    private static int NextHeader(ReadOnlySpan<byte> text, int from)
    {
        if (from == 0 && text.StartsWith("["u8)) return 0;
        var found = text[Math.Max(0, from - 1)..].IndexOf("\n["u8);
        return found < 0 ? text.Length : Math.Max(0, from - 1) + found + 1;
    }
}

namespace SkillMeat.Toml;

/// <summary>Comments and blank lines: which of them belong to what stands above, and which to what stands below.</summary>
internal static class LineText
{
    public static int IndentationLength(ReadOnlySpan<byte> line)
    {
        var length = line.IndexOfAnyExcept(" \t"u8);
        return length < 0 ? line.Length : length;
    }

    public static bool StartsBlank(ReadOnlySpan<byte> lead) => lead.Length > 0 && IsBlank(lead[..LineLength(lead)]);

    public static bool EndsBlank(ReadOnlySpan<byte> lead) => lead.Length > 0 && IsBlank(lead[LastLineStart(lead)..]);

    /// <summary>The length of the comments that follow the line above at once and are parted from the rest by a blank line.</summary>
    public static int LengthBelongingAbove(ReadOnlySpan<byte> lead)
    {
        var length = CommentsLength(lead);
        return length < lead.Length ? length : 0;
    }

    /// <summary>The length of the comments that a lead starts with.</summary>
    public static int CommentsLength(ReadOnlySpan<byte> lead)
    {
        var length = 0;
        while (length < lead.Length)
        {
            var line = LineLength(lead[length..]);
            if (IsBlank(lead.Slice(length, line))) break;
            length += line;
        }

        return length;
    }

    /// <summary>The start of the comments that stand directly above what follows the lead.</summary>
    public static int CommentsBelowStart(ReadOnlySpan<byte> lead)
    {
        while (lead.Length > 0 && !EndsBlank(lead)) lead = lead[..LastLineStart(lead)];
        return lead.Length;
    }

    /// <summary>The start of the comments that stand directly above what follows the lead, and of the blank lines above them.</summary>
    public static int OwnStart(ReadOnlySpan<byte> lead)
    {
        lead = lead[..CommentsBelowStart(lead)];
        while (EndsBlank(lead)) lead = lead[..LastLineStart(lead)];
        return lead.Length;
    }

    public static int BlankLinesLength(ReadOnlySpan<byte> lead)
    {
        var length = 0;
        while (StartsBlank(lead[length..])) length += LineLength(lead[length..]);
        return length;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static int LineLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? text.Length : end + 1;
    }

    private static int LastLineStart(ReadOnlySpan<byte> text) => text[..^1].LastIndexOf((byte)'\n') + 1;
}

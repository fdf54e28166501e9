namespace SkillMeat.Toml;

/// <summary>Decides whether comments and blank lines belong to the text above or to the text below.</summary>
internal static class LineText
{
    public static int IndentationLength(ReadOnlySpan<byte> line)
    {
        var length = line.IndexOfAnyExcept(" \t"u8);
        return length < 0 ? line.Length : length;
    }

    public static bool StartsBlank(ReadOnlySpan<byte> lead) => lead.Length > 0 && IsBlank(lead[..LineLength(lead)]);

    public static bool EndsBlank(ReadOnlySpan<byte> lead) => lead.Length > 0 && IsBlank(lead[LastLineStart(lead)..]);

    /// <summary>The length of the comments that directly follow the line above and are separated from the rest by a blank line.</summary>
    public static int LengthBelongingAbove(ReadOnlySpan<byte> lead)
    {
        var length = CommentsLength(lead);
        return length < lead.Length ? length : 0;
    }

    /// <summary>The length of the comments at the start of a lead.</summary>
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

    /// <summary>The start of the comments directly above the text after the lead.</summary>
    public static int CommentsBelowStart(ReadOnlySpan<byte> lead)
    {
        while (lead.Length > 0 && !EndsBlank(lead)) lead = lead[..LastLineStart(lead)];
        return lead.Length;
    }

    /// <summary>The start of the comments directly above the text after the lead, including the blank lines above them.</summary>
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

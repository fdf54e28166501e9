using System.Buffers;

namespace SkillMeat.Merging;

/// <summary>The lines around conflicts in a text that a person finishes.</summary>
internal static class ConflictMarkers
{
    /// <summary>Writes a conflict.</summary>
    public static void Write(IBufferWriter<byte> text, ReadOnlySpan<byte> local, ReadOnlySpan<byte> upstream)
    {
        var ending = local.IndexOf("\r\n"u8) >= 0 || upstream.IndexOf("\r\n"u8) >= 0 ? "\r\n"u8 : "\n"u8;
        WriteLine(text, Start, ending);
        WriteLines(text, local, ending);
        WriteLine(text, Middle, ending);
        WriteLines(text, upstream, ending);
        WriteLine(text, End, ending);
    }

    /// <summary>Whether a text still has a conflict as <see cref="Write"/> writes it.</summary>
    public static bool AreIn(ReadOnlySpan<byte> text) => HasLine(text, Start) || HasLine(text, End);

    private static ReadOnlySpan<byte> Start => "<<<<<<< yours"u8;

    private static ReadOnlySpan<byte> Middle => "======="u8;

    private static ReadOnlySpan<byte> End => ">>>>>>> upstream"u8;

    private static bool HasLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line)
    {
        for (var start = 0; start < text.Length;)
        {
            var rest = text[start..];
            var feed = rest.IndexOf((byte)'\n');
            if (rest[..(feed < 0 ? rest.Length : feed)].TrimEnd((byte)'\r').SequenceEqual(line)) return true;
            start = feed < 0 ? text.Length : start + feed + 1;
        }

        return false;
    }

    // The last line of a file may have no end.
    private static void WriteLines(IBufferWriter<byte> text, ReadOnlySpan<byte> lines, ReadOnlySpan<byte> ending)
    {
        text.Write(lines);
        if (!lines.IsEmpty && lines[^1] != (byte)'\n') text.Write(ending);
    }

    private static void WriteLine(IBufferWriter<byte> text, ReadOnlySpan<byte> line, ReadOnlySpan<byte> ending)
    {
        text.Write(line);
        text.Write(ending);
    }
}

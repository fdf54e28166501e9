namespace SkillMeat.Merging;

/// <summary>Compares and converts the line endings of texts: a line feed, or a carriage return and a line feed.</summary>
internal static class LineEndings
{
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    /// <summary>Whether two texts have the same lines, but not the same line endings.</summary>
    public static bool AreAllThatDiffers(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        !one.SequenceEqual(other) && MergeableText.IsText(one) && MergeableText.IsText(other) && Convert(one, toWindows: false).AsSpan().SequenceEqual(Convert(other, toWindows: false));

    /// <summary>Whether all lines end in the same way in each of two texts, but differently in the two.</summary>
    public static bool WereConverted(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var (old, now) = (Count(before), Count(after));
        return old.Lines > 0 && now.Lines > 0 && ((old.Windows == 0 && now.Windows == now.Lines) || (old.Windows == old.Lines && now.Windows == 0));
    }

    /// <summary>Whether there are both kinds of line endings in texts taken together.</summary>
    public static bool Differ(ReadOnlySpan<byte> baseText, ReadOnlySpan<byte> local, ReadOnlySpan<byte> upstream)
    {
        var (first, second, third) = (Count(baseText), Count(local), Count(upstream));
        var windows = first.Windows + second.Windows + third.Windows;
        return windows > 0 && windows < first.Lines + second.Lines + third.Lines;
    }

    /// <summary>Gives a text the line endings that most lines of another one have.</summary>
    public static byte[] ConvertLike(ReadOnlySpan<byte> text, ReadOnlySpan<byte> model) => Convert(text, toWindows: Count(model) is var (lines, windows) && 2 * windows > lines);

    private static (int Lines, int Windows) Count(ReadOnlySpan<byte> text)
    {
        var (lines, windows) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != LineFeed) continue;
            lines++;
            if (i > 0 && text[i - 1] == CarriageReturn) windows++;
        }

        return (lines, windows);
    }

    private static byte[] Convert(ReadOnlySpan<byte> text, bool toWindows)
    {
        var converted = new List<byte>(text.Length + 64);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == CarriageReturn && i + 1 < text.Length && text[i + 1] == LineFeed) continue;
            if (text[i] == LineFeed && toWindows) converted.Add(CarriageReturn);
            converted.Add(text[i]);
        }

        return [.. converted];
    }
}

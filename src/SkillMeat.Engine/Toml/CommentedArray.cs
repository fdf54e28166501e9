using System.Text;

namespace SkillMeat.Toml;

/// <summary>
/// Changes a list of strings that has comments. Removed strings are cut out, new strings are added after the last one, and every comment stays. Where strings change their order, each takes
/// the comments above it and beside it along. A list without comments is written anew instead.
/// </summary>
internal static class CommentedArray
{
    public const string UsualIndentation = "    ";

    /// <summary>Returns the text of the list with other strings.</summary>
    /// <param name="array">The current list, from bracket to bracket.</param>
    /// <param name="wanted">The new strings.</param>
    /// <param name="newLine">The document's line end.</param>
    /// <returns>The new bytes; null if the list has no comment or has values other than strings.</returns>
    public static byte[]? Edit(ReadOnlySpan<byte> array, IReadOnlyList<string> wanted, string newLine)
    {
        if (Scan(array) is not { Comments.Count: > 0 } found) return null;
        var kept = found.Elements.Where(e => wanted.Contains(e.Text)).ToList();
        if (!wanted.Take(kept.Count).SequenceEqual(kept.Select(e => e.Text), StringComparer.Ordinal)) return Check(ArrayLines.Arrange(array, found.Elements, found.Comments, wanted, newLine), wanted);

        var isGone = new bool[array.Length];
        foreach (var element in found.Elements.Except(kept)) TakeOut(array, element, isGone);
        var insertion = Insert(array, kept, [.. wanted.Skip(kept.Count)], newLine);
        var edited = new List<byte>(array.Length);
        for (var at = 0; at < array.Length; at++)
        {
            if (insertion.TryGetValue(at, out var added)) edited.AddRange(Encoding.UTF8.GetBytes(added));
            if (!isGone[at]) edited.Add(array[at]);
        }

        return Check([.. edited], wanted);
    }

    private static byte[]? Check(byte[] edited, IReadOnlyList<string> wanted) =>
        Scan(edited)?.Elements.Select(e => e.Text).SequenceEqual(wanted, StringComparer.Ordinal) == true ? edited : null;

    private static (List<ArrayElement> Elements, List<Range> Comments)? Scan(ReadOnlySpan<byte> array)
    {
        var elements = new List<ArrayElement>();
        var comments = new List<Range>();
        for (var at = 1; at < array.Length - 1;)
        {
            switch (array[at])
            {
                case (byte)'"' or (byte)'\'':
                    var end = StringSyntax.Skip(array, at, out _);
                    if (end < 0) return null;
                    elements.Add(new ArrayElement(StringSyntax.Decode(array[at..end]), at, end, CommaAt: -1));
                    at = end;
                    break;
                case (byte)'#':
                    comments.Add(at..EndOfLine(array, at));
                    at = EndOfLine(array, at);
                    break;
                case (byte)',':
                    if (elements.Count == 0) return null;
                    elements[^1] = elements[^1] with { CommaAt = at++ };
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    at++;
                    break;
                default:
                    return null;
            }
        }

        return (elements, comments);
    }

    /// <summary>Extends a removal to the whole line if nothing is left on it.</summary>
    private static void TakeOut(ReadOnlySpan<byte> array, ArrayElement element, bool[] isGone)
    {
        isGone.AsSpan(element.Start..element.End).Fill(true);
        if (element.CommaAt >= 0) isGone[element.CommaAt] = true;
        var start = array[..element.Start].LastIndexOf((byte)'\n') + 1;
        var end = EndOfLine(array, element.End);
        if (start == 0 || end == array.Length) return;
        for (var at = start; at < end; at++)
        {
            if (!isGone[at] && array[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r')) return;
        }

        isGone.AsSpan(start..(end + 1)).Fill(true);
    }

    private static Dictionary<int, string> Insert(ReadOnlySpan<byte> array, List<ArrayElement> kept, List<string> added, string newLine)
    {
        var insertion = new Dictionary<int, string>();
        if (added.Count == 0) return insertion;
        var behind = 1;
        var indentation = UsualIndentation;
        if (kept is [.., var last])
        {
            if (last.CommaAt < 0) insertion[last.End] = ",";
            behind = last.CommaAt < 0 ? last.End : last.CommaAt + 1;
            var line = array[(array[..last.Start].LastIndexOf((byte)'\n') + 1)..last.Start];
            if (line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0) indentation = Encoding.UTF8.GetString(line);
        }

        // After a comment on the same line, but before a closing bracket on it.
        var end = EndOfLine(array, behind);
        var isLastLine = end == array.Length;
        var at = isLastLine ? behind : end > 0 && array[end - 1] == '\r' ? end - 1 : end;
        var text = string.Concat(added.Select(a => $"{(isLastLine ? " " : newLine + indentation)}{Written(a)},"));
        insertion[at] = insertion.GetValueOrDefault(at) + text;
        return insertion;
    }

    public static string Written(string text) => Encoding.UTF8.GetString(TomlWriter.Bytes(TomlValue.Of(text), "\n", default, isOneLine: true));

    public static int EndOfLine(ReadOnlySpan<byte> array, int at) => array[at..].IndexOf((byte)'\n') is >= 0 and var length ? at + length : array.Length;
}

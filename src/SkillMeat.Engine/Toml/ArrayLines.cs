using System.Text;

namespace SkillMeat.Toml;

/// <summary>Brings the lines of a list of strings into another order. No comment gets lost.</summary>
internal static class ArrayLines
{
    /// <summary>Returns the text of a list with other strings in any order.</summary>
    /// <param name="array">The current list, from bracket to bracket.</param>
    /// <param name="elements">Its strings.</param>
    /// <param name="comments">Its comments.</param>
    /// <param name="wanted">The new strings.</param>
    /// <param name="newLine">The document's line end.</param>
    public static byte[] Arrange(ReadOnlySpan<byte> array, List<ArrayElement> elements, List<Range> comments, IReadOnlyList<string> wanted, string newLine)
    {
        var edited = new List<byte>(array.Length);
        if (StartOfLines(array, elements) is not { } start)
        {
            AddText(edited, $"[{newLine}");
            foreach (var comment in comments) AddText(edited, $"{CommentedArray.UsualIndentation}{Encoding.UTF8.GetString(array[comment]).TrimEnd('\r')}{newLine}");
            foreach (var text in wanted) AddText(edited, $"{CommentedArray.UsualIndentation}{CommentedArray.Written(text)},{newLine}");
            AddText(edited, "]");
            return [.. edited];
        }

        var indentation = Encoding.UTF8.GetString(array[(array[..elements[0].Start].LastIndexOf((byte)'\n') + 1)..elements[0].Start]);
        edited.AddRange(array[..start]);
        var left = new List<(ArrayElement Element, Range Place, byte[] Lines)>();
        foreach (var element in elements)
        {
            var end = EndOf(array, element);
            left.Add((element, start..end, WithComma(array[start..end], element.End - start, element.CommaAt >= 0)));
            start = end;
        }

        foreach (var text in wanted)
        {
            var known = left.FindIndex(one => one.Element.Text == text);
            if (known < 0)
            {
                AddText(edited, $"{indentation}{CommentedArray.Written(text)},{newLine}");
                continue;
            }

            edited.AddRange(left[known].Lines);
            left.RemoveAt(known);
        }

        foreach (var comment in left.SelectMany(gone => comments.Where(one => one.Start.Value >= gone.Place.Start.Value && one.Start.Value < gone.Place.End.Value)))
            AddText(edited, $"{indentation}{Encoding.UTF8.GetString(array[comment]).TrimEnd('\r')}{newLine}");
        edited.AddRange(array[start..]);
        return [.. edited];
    }

    // Null unless each string has a line of its own.
    private static int? StartOfLines(ReadOnlySpan<byte> array, List<ArrayElement> elements)
    {
        var start = CommentedArray.EndOfLine(array, 0) + 1;
        var first = start;
        foreach (var element in elements)
        {
            var line = array[..element.Start].LastIndexOf((byte)'\n') + 1;
            if (line < start || array[line..element.Start].IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0) return null;
            start = EndOf(array, element);
        }

        return start <= array.Length - 1 ? first : null;
    }

    private static int EndOf(ReadOnlySpan<byte> array, ArrayElement element) => CommentedArray.EndOfLine(array, Math.Max(element.End, element.CommaAt + 1)) + 1;

    private static byte[] WithComma(ReadOnlySpan<byte> lines, int end, bool hasComma) => hasComma ? lines.ToArray() : [.. lines[..end], (byte)',', .. lines[end..]];

    private static void AddText(List<byte> edited, string text) => edited.AddRange(Encoding.UTF8.GetBytes(text));
}

using Spectre.Console;

namespace SkillMeat.Cli.Output;

/// <summary>Fits a table into the width of a terminal: leaves out columns, wraps cells between words, and cuts words that are longer than their column.</summary>
internal static class TableLayout
{
    /// <summary>The width that a column gets before the last one grows beyond <see cref="LeastLast"/>.</summary>
    private const int Least = 30;

    private const int LeastLast = 24;

    /// <summary>Padding and separator of each column.</summary>
    private const int Gap = 3;

    /// <summary>Chooses the columns to show, and their widths.</summary>
    /// <returns>The positions of the columns, in order, with the widths.</returns>
    public static IReadOnlyList<(int Column, int Width)> Fit(IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        var natural = columns.Select((column, i) => rows.Select(row => row[i].GetCellWidth()).Append(column.Title.GetCellWidth()).Max()).ToArray();
        var least = columns.Select((column, i) => Math.Max(column.Title.GetCellWidth(), Math.Min(natural[i], i == columns.Count - 1 ? LeastLast : Least))).ToArray();
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (Missing(shown, least, width) > 0 && shown.Where(i => columns[i].Rank > 0).ToList() is { Count: > 0 } optional)
        {
            shown.Remove(optional.OrderByDescending(i => columns[i].Rank).First());
        }

        for (var missing = Missing(shown, least, width); missing > 0; missing--)
        {
            least[shown.MaxBy(i => least[i])]--;
        }

        foreach (var i in shown)
        {
            least[i] += Math.Min(natural[i] - least[i], Math.Max(0, -Missing(shown, least, width)));
        }

        return shown.Select(i => (i, Math.Max(1, least[i]))).ToList();
    }

    /// <summary>Wraps text between words, and cuts longer words.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ').Select(word => Cut(word, width)))
        {
            if (line.Length > 0 && line.GetCellWidth() + 1 + word.GetCellWidth() > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    /// <summary>Cuts text that is too long, with an ellipsis.</summary>
    public static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        // Text elements, so that no character is cut in half.
        var kept = new System.Text.StringBuilder();
        var used = 1;
        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && elements.GetTextElement() is var element && used + element.GetCellWidth() <= width)
        {
            kept.Append(element);
            used += element.GetCellWidth();
        }

        return $"{kept}…";
    }

    private static int Missing(IReadOnlyCollection<int> shown, int[] widths, int width) => shown.Sum(i => widths[i] + Gap) + 1 - width;
}

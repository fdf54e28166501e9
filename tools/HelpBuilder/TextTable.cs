namespace SkillMeat.HelpBuilder;

/// <summary>Formats a table with spaces and a line of hyphens below its header.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Aligns the columns and breaks cells that would make the table wider than <paramref name="room"/>.</summary>
    /// <param name="rows">The header and the rows below it.</param>
    /// <param name="room">The length of the longest line. Lines are longer only if no cell can be broken further.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<IReadOnlyList<string>> rows, int room)
    {
        var widths = Widths(rows, room);
        var lines = new List<string>();
        for (var i = 0; i < rows.Count; i++)
        {
            lines.AddRange(RowLines(rows[i], widths));
            if (i == 0) lines.Add(string.Join(Gap, widths.Select(width => new string('-', width))));
        }

        return lines;
    }

    private static int[] Widths(IReadOnlyList<IReadOnlyList<string>> rows, int room)
    {
        var count = rows.Max(row => row.Count);
        var widths = Enumerable.Range(0, count).Select(column => Longest(rows, column, '\n')).ToArray();
        var least = Enumerable.Range(0, count).Select(column => Longest(rows, column, '\n', ' ')).ToArray();
        for (var tooMuch = widths.Sum() + (Gap.Length * (count - 1)) - room; tooMuch > 0; tooMuch--)
        {
            var widest = Enumerable.Range(0, count).Where(column => widths[column] > least[column]).OrderByDescending(column => widths[column]).FirstOrDefault(-1);
            if (widest < 0) break;
            widths[widest]--;
        }

        return widths;
    }

    private static int Longest(IReadOnlyList<IReadOnlyList<string>> rows, int column, params char[] separators) =>
        rows.Where(row => column < row.Count).SelectMany(row => row[column].Split(separators)).Max(part => part.Length);

    private static IEnumerable<string> RowLines(IReadOnlyList<string> row, int[] widths)
    {
        var cells = widths.Select((width, column) => TextLines.Wrap(column < row.Count ? row[column] : "", width)).ToArray();
        return Enumerable.Range(0, cells.Max(cell => cell.Count))
            .Select(line => string.Join(Gap, cells.Select((cell, column) => (line < cell.Count ? cell[line] : "").PadRight(widths[column]))).TrimEnd());
    }
}

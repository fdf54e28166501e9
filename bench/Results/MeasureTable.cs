using System.Globalization;

namespace SkillMeat.Bench.Results;

/// <summary>Writes measures as a table that is readable as text and is Markdown as well.</summary>
internal static class MeasureTable
{
    private static readonly string[] Head = ["measure", "median", "min–max", "unit", "runs", "target", "met", "note"];

    public static void Write(TextWriter writer, IReadOnlyList<Measure> measures)
    {
        var rows = measures.Select(Cells).Prepend(Head).ToList();
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        writer.WriteLine(Line(rows[0], widths));
        writer.WriteLine("|" + string.Concat(widths.Select(width => new string('-', width + 2) + "|")));
        foreach (var row in rows.Skip(1))
        {
            writer.WriteLine(Line(row, widths));
        }
    }

    private static string Line(IReadOnlyList<string> cells, List<int> widths) =>
        "| " + string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column]))) + " |";

    private static string[] Cells(Measure measure)
    {
        if (measure.Samples is not { } samples)
        {
            return [measure.What, "", "", "", "", "", "", measure.Note];
        }

        var target = measure.AtMost is { } most ? $"≤ {Number(most)}" : "";
        var met = measure.AtMost is null ? "" : measure.IsMissed ? "NO" : "yes";
        return
        [
            measure.What, Number(samples.Median), $"{Number(samples.Minimum)}–{Number(samples.Maximum)}", measure.Unit,
            samples.Count.ToString(CultureInfo.InvariantCulture), target, met, measure.Note,
        ];
    }

    private static string Number(double value) => value.ToString(value >= 100 || value == Math.Floor(value) ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}

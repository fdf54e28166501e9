using System.Globalization;

namespace SkillMeat.Bench.Trace;

/// <summary>A line of a trace.</summary>
/// <param name="Time">The time of the day.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Argument">Its argument, or nothing.</param>
internal sealed record TraceLine(TimeSpan Time, string Operation, string Argument)
{
    /// <summary>Reads a trace.</summary>
    /// <exception cref="InvalidOperationException">A line has another form, or is earlier than the one before it.</exception>
    public static IReadOnlyList<TraceLine> ReadAll(string file)
    {
        var lines = File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#').Select(Parse).ToList();
        for (var i = 1; i < lines.Count; i++)
        {
            if (lines[i].Time < lines[i - 1].Time) throw new InvalidOperationException($"'{lines[i]}' of the trace is earlier than the line before it.");
        }

        return lines;
    }

    private static TraceLine Parse(string line)
    {
        var parts = line.Split(' ', 3);
        return parts.Length > 1 && TimeSpan.TryParseExact(parts[0], @"hh\:mm", CultureInfo.InvariantCulture, out var time)
            ? new TraceLine(time, parts[1], parts.Length > 2 ? parts[2] : "")
            : throw new InvalidOperationException($"'{line}' is not a line of a trace.");
    }
}

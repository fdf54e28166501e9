using System.Text;

namespace SkillMeat.Tests.Merging;

/// <summary>Makes texts so long, and edits so many, that a search for the shortest edit has to be cut short.</summary>
internal sealed class LargeTexts(int seed)
{
    private readonly Random _random = new(seed);

    public TextTriple Next()
    {
        var count = _random.Next(1_000, 12_000);
        var kinds = _random.Next(3) switch { 0 => 40, 1 => 1_000, _ => 1_000_000 };
        var baseLines = Enumerable.Range(0, count).Select(_ => _random.Next(kinds)).ToList();
        return new TextTriple(Write(baseLines), Write(Edit(baseLines, kinds)), Write(Edit(baseLines, kinds)));
    }

    private List<int> Edit(List<int> baseLines, int kinds)
    {
        var changed = _random.Next(5) switch { 0 => 0.0001, 4 => 0.002, 1 => 0.05, 2 => 0.3, _ => 0.9 };
        var lines = new List<int>();
        foreach (var line in baseLines)
        {
            var fate = _random.NextDouble() / changed;
            if (fate > 1) lines.Add(line);
            else if (fate > 0.7) lines.AddRange([line, _random.Next(kinds)]);
            else if (fate > 0.3) lines.Add(baseLines[_random.Next(baseLines.Count)]);
        }

        for (var moves = _random.Next(2) * _random.Next(4); moves > 0; moves--)
        {
            var start = _random.Next(lines.Count);
            var part = lines.GetRange(start, _random.Next(lines.Count - start));
            lines.RemoveRange(start, part.Count);
            lines.InsertRange(_random.Next(lines.Count + 1), part);
        }

        return lines;
    }

    private static byte[] Write(List<int> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

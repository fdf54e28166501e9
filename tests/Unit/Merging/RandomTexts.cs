using System.Text;

namespace SkillMeat.Tests.Merging;

/// <summary>Makes texts of few different lines, so that they repeat, and edits of them that often meet.</summary>
internal sealed class RandomTexts(int seed)
{
    private readonly Random _random = new(seed);
    private string[] _alphabet = [];

    public TextTriple Next()
    {
        var longest = _random.Next(20) switch { 0 => 1, < 12 => 12, < 19 => 60, _ => 900 };
        _alphabet = [.. Enumerable.Range(0, _random.Next(1, longest > 60 && _random.Next(2) == 0 ? 500 : 12)).Select(Line)];
        var baseLines = Enumerable.Range(0, _random.Next(longest + 1)).Select(_ => AnyLine()).ToList();
        var local = Edit(baseLines);
        var upstream = _random.Next(4) == 0 ? Edit(local) : Edit(baseLines);

        // An edit of the base is the same edit on both sides, beside edits of their own.
        if (_random.Next(4) == 0) baseLines = Edit(baseLines);
        return new TextTriple(Write(baseLines), Write(local), Write(upstream));
    }

    private string Line(int number)
    {
        var words = _random.Next(8) switch { 0 => "", 1 => "}", 2 => "  --", _ => $"{(char)('a' + (number % 26))}{(number >= 26 ? number : "")}" };
        return words + (_random.Next(6) == 0 ? "\r\n" : "\n");
    }

    private string AnyLine() => _alphabet[_random.Next(_alphabet.Length)];

    private List<string> Edit(List<string> text)
    {
        var lines = text.ToList();
        for (var edits = _random.Next(_random.Next(6) == 0 ? 40 : 5); edits > 0; edits--)
        {
            var start = _random.Next(lines.Count + 1);
            var count = Math.Min(_random.Next(_random.Next(8) == 0 ? 30 : 4), lines.Count - start);
            var part = lines.GetRange(start, count);
            switch (_random.Next(6))
            {
                case 0:
                    lines.RemoveRange(start, count);
                    break;
                case 1:
                    lines.InsertRange(start, Enumerable.Range(0, count + 1).Select(_ => AnyLine()));
                    break;
                case 2:
                    for (var i = start; i < start + count; i++) lines[i] = AnyLine();
                    break;
                case 3:
                    lines.RemoveRange(start, count);
                    lines.InsertRange(_random.Next(lines.Count + 1), part);
                    break;
                case 4:
                    lines.InsertRange(_random.Next(lines.Count + 1), part);
                    break;
                default:
                    for (var i = start; i < start + count; i++) lines[i] = lines[i].EndsWith("\r\n", StringComparison.Ordinal) ? lines[i][..^2] + "\n" : lines[i][..^1] + "\r\n";
                    break;
            }
        }

        return lines;
    }

    private byte[] Write(List<string> lines)
    {
        var text = string.Concat(lines);
        return Encoding.UTF8.GetBytes(text.Length > 0 && _random.Next(5) == 0 ? text[..^1] : text);
    }
}

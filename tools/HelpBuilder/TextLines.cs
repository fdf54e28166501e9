namespace SkillMeat.HelpBuilder;

/// <summary>Wraps text.</summary>
internal static class TextLines
{
    /// <summary>Wraps text at spaces. A word that is longer than a line stays whole, so that an address can be copied.</summary>
    /// <param name="text">The text. Its line ends are kept.</param>
    /// <param name="width">The length of the longest line, or null not to wrap.</param>
    public static IReadOnlyList<string> Wrap(string text, int? width)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (width is null)
            {
                lines.Add(line);
                continue;
            }

            var current = "";
            foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (current.Length > 0 && current.Length + 1 + word.Length > width)
                {
                    lines.Add(current);
                    current = word;
                }
                else
                {
                    current = current.Length == 0 ? word : $"{current} {word}";
                }
            }

            lines.Add(current);
        }

        return lines;
    }
}

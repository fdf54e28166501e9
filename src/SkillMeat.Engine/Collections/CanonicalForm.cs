using System.Globalization;
using System.Text;

namespace SkillMeat.Collections;

/// <summary>Decomposes text as Unicode's form D does: a letter with an accent becomes the letter and the accent.</summary>
/// <remarks>Marks that follow one letter are put into the order of their numbers, not of their classes: texts that are one in Unicode stay one, and a few more become one.</remarks>
internal static class CanonicalForm
{
    private const int FirstHangul = 0xAC00;
    private const int LastHangul = 0xD7A3;

    private static readonly Lazy<IReadOnlyDictionary<char, string>> _decompositions = new(ReadDecompositions);

    public static string Decompose(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var letters = new List<char>(text.Length * 2);
        foreach (var letter in text) Add(letters, letter);
        for (var start = 0; start < letters.Count; start++)
        {
            var end = start;
            while (end < letters.Count && char.GetUnicodeCategory(letters[end]) == UnicodeCategory.NonSpacingMark) end++;
            if (end - start > 1) letters.Sort(start, end - start, comparer: null);
            start = end;
        }

        return string.Concat(letters);
    }

    /// <summary>Returns the letter without its accents.</summary>
    public static char BaseOf(char letter)
    {
        while (_decompositions.Value.TryGetValue(letter, out var parts)) letter = parts[0];
        return letter;
    }

    private static void Add(List<char> letters, char letter)
    {
        if (letter is >= (char)FirstHangul and <= (char)LastHangul)
        {
            var index = letter - FirstHangul;
            letters.Add((char)(0x1100 + (index / 588)));
            letters.Add((char)(0x1161 + (index % 588 / 28)));
            if (index % 28 > 0) letters.Add((char)(0x11A7 + (index % 28)));
        }
        else if (_decompositions.Value.TryGetValue(letter, out var parts))
        {
            foreach (var part in parts) Add(letters, part);
        }
        else
        {
            letters.Add(letter);
        }
    }

    private static Dictionary<char, string> ReadDecompositions()
    {
        using var lines = new StreamReader(typeof(CanonicalForm).Assembly.GetManifestResourceStream("CanonicalDecompositions.txt")!);
        var found = new Dictionary<char, string>();
        while (lines.ReadLine() is { } line)
        {
            var letters = line.Split(' ').Select(number => (char)int.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            found.Add(letters[0], new string(letters[1..]));
        }

        return found;
    }
}

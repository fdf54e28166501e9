using SkillMeat.Collections;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The text in which an artifact is searched, and the words that are searched in it. Case does not count, and no character has a special meaning.</summary>
internal static class SearchText
{
    private const char Between = '\t';

    /// <summary>Returns the text of an artifact, on one line.</summary>
    public static string Of(ListedArtifact one) =>
        string.Join(Between, new[] { one.Name, one.Type, one.Plugin, one.Category, one.Description }.OfType<string>().Concat(one.Tags).Select(Fold));

    /// <summary>Returns the words of a search.</summary>
    public static IReadOnlyList<string> WordsOf(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Fold).Distinct(StringComparer.Ordinal)];

    /// <summary>Finds the lines that contain all words.</summary>
    /// <param name="lines">The lines, each with its end.</param>
    /// <param name="words">The words.</param>
    /// <returns>The numbers of the lines, from 0.</returns>
    public static IReadOnlyList<int> Find(string lines, IReadOnlyList<string> words)
    {
        var found = new List<int>();
        var rest = lines.AsSpan();
        for (var number = 0; rest.Length > 0; number++)
        {
            var end = rest.IndexOf('\n');
            if (ContainsAll(rest[..end], words)) found.Add(number);
            rest = rest[(end + 1)..];
        }

        return found;
    }

    /// <summary>Ranks an artifact by where the words are: 0 for its name, then the beginning and the rest of it, its plugin, and everything else.</summary>
    public static int RankOf(ListedArtifact one, IReadOnlyList<string> words)
    {
        if (words.Count == 0) return 0;
        // Names are hardly ever written with other than plain letters, and each artifact is ranked.
        var (name, plugin) = (one.Name, one.Plugin ?? "");
        return words is [var only] && name.Equals(only, StringComparison.OrdinalIgnoreCase) ? 0
            : words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? name.StartsWith(words[0], StringComparison.OrdinalIgnoreCase) ? 1 : 2
            : words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 3
            : words.Any(word => plugin.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 4 : 5;
    }

    private static bool ContainsAll(ReadOnlySpan<char> text, IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (!text.Contains(word, StringComparison.Ordinal)) return false;
        }

        return true;
    }

    private static string Fold(string text) => PortableName.Key(new string([.. text.Select(letter => letter is '\n' or '\r' or Between ? ' ' : letter)]));
}

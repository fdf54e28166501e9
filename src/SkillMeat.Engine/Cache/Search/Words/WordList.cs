using System.Text;

namespace SkillMeat.Cache.Search.Words;

/// <summary>Turns the texts of an artifact into the words that are stored: the parts of words, and then all words in their order, so that phrases are found.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class WordList
{
    private const int ShortestSimilar = 3;
    private const int LongestSimilar = 32;

    private readonly WordSplitter _splitter = new();
    private readonly StringBuilder _words = new();
    private readonly StringBuilder _parts = new();

    /// <summary>The words so far to which a typed word can be similar.</summary>
    public HashSet<string> Similar { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the words of a text.</summary>
    public string Of(string? text) => string.IsNullOrEmpty(text) ? "" : Join(_splitter.Split(text), isName: false, isBody: false);

    /// <summary>Returns the words of a name, which can also be typed without its hyphens.</summary>
    public string OfName(string name) => Join(_splitter.Split(name), isName: true, isBody: false);

    /// <summary>Returns the words of the manifest file's text. Codes in it are found, but nothing is similar to them.</summary>
    public string OfBody(string text) => text.Length == 0 ? "" : Join(_splitter.Split(text), isName: false, isBody: true);

    /// <summary>Returns the words of tags, and one word for each tag.</summary>
    public string OfTags(IReadOnlyList<string> tags)
    {
        if (tags.Count == 0) return "";
        var whole = string.Join(' ', tags.Select(TagWord.Of));
        return $"{Of(string.Join('\n', tags))}{whole}";
    }

    private string Join(IReadOnlyList<TextSegment> segments, bool isName, bool isBody)
    {
        _words.Clear();
        _parts.Clear();
        foreach (var segment in segments)
        {
            if (segment.IsRun)
            {
                foreach (var token in RunTokens.Of(segment)) _words.Append(token.Text).Append(' ');
                continue;
            }

            _words.Append(segment.Text).Append(' ');
            AddSimilar(segment.Text, isBody);
            foreach (var part in segment.Pieces)
            {
                _parts.Append(part.Text).Append(' ');
                AddSimilar(part.Text, isBody);
            }
        }

        if (isName && segments.Count > 1 && segments.All(segment => !segment.IsRun)) _parts.AppendJoin("", segments.Select(segment => segment.Text)).Append(' ');
        return _parts.Append(_words).ToString();
    }

    // Numbers are found, but nothing is similar to them.
    private void AddSimilar(string word, bool isBody)
    {
        if (word.Length is >= ShortestSimilar and <= LongestSimilar && (isBody ? word.All(char.IsLetter) : word.Any(char.IsLetter))) Similar.Add(word);
    }
}

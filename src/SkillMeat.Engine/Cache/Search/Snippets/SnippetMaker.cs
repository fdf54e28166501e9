using System.Text;

namespace SkillMeat.Cache.Search.Snippets;

/// <summary>Cuts the part out of a text that shows why it was found.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SnippetMaker(HitFinder hits)
{
    private const int Length = 160;
    private const int Before = 40;
    private const int MostHits = 200;
    private const string Mark = "**";
    private const char Cut = '…';

    /// <summary>Makes a snippet of the first text that has a hit, or else of the first one that has any text, without marks.</summary>
    /// <param name="texts">The texts. Later ones are only asked for if the earlier ones have no hit.</param>
    public string Make(IEnumerable<string?> texts)
    {
        string? first = null;
        foreach (var text in texts)
        {
            var line = OnOneLine(text);
            if (line.Length == 0) continue;
            var found = hits.Find(line);
            if (found.Count > 0) return Show(line, found);
            first ??= line;
        }

        return first is null ? "" : Show(first, []);
    }

    private static string Show(string text, IReadOnlyList<(int Start, int End)> found)
    {
        var (start, end) = Window(text, found);
        var shown = new StringBuilder();
        if (start > 0) shown.Append(Cut);
        var at = start;
        foreach (var hit in found.Where(hit => hit.Start >= start && hit.End <= end))
        {
            shown.Append(text, at, hit.Start - at).Append(Mark).Append(text, hit.Start, hit.End - hit.Start).Append(Mark);
            at = hit.End;
        }

        shown.Append(text, at, end - at);
        if (end < text.Length) shown.Append(Cut);
        return shown.ToString();
    }

    private static (int Start, int End) Window(string text, IReadOnlyList<(int Start, int End)> found)
    {
        if (text.Length <= Length) return (0, text.Length);
        var anchor = found.Count == 0 ? 0 : Best(found);
        var start = anchor <= Before ? 0 : WordStart(text, anchor - Before, anchor);
        var end = Math.Min(text.Length, start + Length);
        if (end < text.Length && text.LastIndexOf(' ', end, end - start - Before) is var blank and > 0 && blank > anchor) end = blank;
        if (end < text.Length && char.IsLowSurrogate(text[end])) end--;
        return (start, end);
    }

    // The hit after which the most others follow within the window.
    private static int Best(IReadOnlyList<(int Start, int End)> found)
    {
        var (best, most) = (0, 0);
        for (var i = 0; i < Math.Min(found.Count, MostHits); i++)
        {
            var count = found.Skip(i).TakeWhile(hit => hit.End - found[i].Start <= Length - Before).Count();
            if (count > most) (best, most) = (found[i].Start, count);
        }

        return best;
    }

    private static int WordStart(string text, int from, int before)
    {
        var blank = text.IndexOf(' ', from, before - from);
        var start = blank < 0 ? from : blank + 1;
        return start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start;
    }

    // Two asterisks are the mark, and in Markdown they are no text.
    private static string OnOneLine(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var line = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '*' && ((i + 1 < text.Length && text[i + 1] == '*') || (i > 0 && text[i - 1] == '*'))) continue;
            if (!char.IsWhiteSpace(letter) && !char.IsControl(letter)) line.Append(letter);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }
}

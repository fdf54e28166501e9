using System.Text;

namespace SkillMeat.Cache.Search.Indexing;

/// <summary>The text of a manifest file without the lines of its front matter that only repeat what the collection's manifest says: their words are stored already.</summary>
internal static class BodyText
{
    private const string Fence = "---";

    /// <summary>Removes the lines.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="known">The values that are stored already.</param>
    public static string Without(string text, IReadOnlyCollection<string> known)
    {
        if (!text.StartsWith(Fence, StringComparison.Ordinal)) return text;
        var rest = new StringBuilder(text.Length);
        var at = LineEnd(text, 0);
        while (at < text.Length)
        {
            var end = LineEnd(text, at);
            var line = text.AsSpan(at, end - at).Trim();
            at = end;
            if (line is Fence) return rest.Append(text, at, text.Length - at).ToString();
            if (line.IndexOf(':') is var colon and > 0 && known.Contains(line[(colon + 1)..].Trim().Trim("\"'").ToString())) continue;
            rest.Append(line).Append('\n');
        }

        // The front matter has no end, so it is none.
        return text;
    }

    private static int LineEnd(string text, int start) => text.IndexOf('\n', start) is var end and >= 0 ? end + 1 : text.Length;
}

using System.Text;
using SkillMeat.Merging.Differences;

namespace SkillMeat.Updates.Planning;

/// <summary>Formats a change of a text as <c>diff -u</c> does.</summary>
internal static class UnifiedDiff
{
    /// <summary>The length of the longest file to format.</summary>
    public const int MostBytes = HunkFinder.MostBytes;

    /// <summary>Formats a change; returns null for binary content and for very long files.</summary>
    /// <param name="path">The path for the header.</param>
    /// <param name="before">The old bytes; null if the file is added.</param>
    /// <param name="after">The new bytes; null if the file is deleted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static string? Of(string path, byte[]? before, byte[]? after, CancellationToken cancellationToken)
    {
        if (HunkFinder.Find(before ?? [], after ?? [], cancellationToken) is not { } hunks) return null;
        var text = new StringBuilder($"--- {(before is null ? "/dev/null" : $"a/{path}")}\n+++ {(after is null ? "/dev/null" : $"b/{path}")}\n");
        foreach (var hunk in hunks)
        {
            text.Append(hunk).Append('\n');
            foreach (var line in hunk.Lines)
            {
                text.Append(line).Append('\n');
                if (!line.EndsWithLineFeed) text.Append("\\ No newline at end of file\n");
            }
        }

        return text.ToString();
    }
}

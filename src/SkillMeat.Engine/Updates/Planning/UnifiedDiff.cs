using System.Globalization;
using System.Text;
using SkillMeat.Merging;
using SkillMeat.Merging.Lines;

namespace SkillMeat.Updates.Planning;

/// <summary>Formats a change of a text as <c>diff -u</c> does.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The length of the longest file to format.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Formats a change; returns null for binary content and for very long files.</summary>
    /// <param name="path">The path for the header.</param>
    /// <param name="before">The old bytes; null if the file is added.</param>
    /// <param name="after">The new bytes; null if the file is deleted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static string? Of(string path, byte[]? before, byte[]? after, CancellationToken cancellationToken)
    {
        byte[] old = before ?? [], @new = after ?? [];
        if (old.Length > MostBytes || @new.Length > MostBytes || !MergeableText.IsText(old) || !MergeableText.IsText(@new)) return null;
        var lines = TextLines.Read(old, @new);
        var (oldLines, newLines) = (lines[0], lines[1]);
        var runs = LineDiff.Compare(oldLines.Ids, newLines.Ids, cancellationToken);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--- {(before is null ? "/dev/null" : $"a/{path}")}\n+++ {(after is null ? "/dev/null" : $"b/{path}")}\n");
        foreach (var hunk in Group(runs)) Append(text, hunk, oldLines, newLines);
        return text.ToString();
    }

    // Changes whose contexts touch make one hunk.
    private static IEnumerable<List<ChangeRun>> Group(List<ChangeRun> runs)
    {
        var group = new List<ChangeRun>();
        foreach (var run in runs)
        {
            if (group.Count > 0 && run.OldStart - group[^1].OldEnd > 2 * Context)
            {
                yield return group;
                group = [];
            }

            group.Add(run);
        }

        if (group.Count > 0) yield return group;
    }

    private static void Append(StringBuilder text, List<ChangeRun> runs, TextLines old, TextLines @new)
    {
        var lead = Math.Min(Context, runs[0].OldStart);
        var (oldStart, newStart) = (runs[0].OldStart - lead, runs[0].NewStart - lead);
        var trail = Math.Min(Context, old.Count - runs[^1].OldEnd);
        var (oldCount, newCount) = (runs[^1].OldEnd + trail - oldStart, runs[^1].NewEnd + trail - newStart);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(oldStart, oldCount)} +{Range(newStart, newCount)} @@\n");
        var at = oldStart;
        foreach (var run in runs)
        {
            for (; at < run.OldStart; at++) Append(text, ' ', old, at);
            for (; at < run.OldEnd; at++) Append(text, '-', old, at);
            for (var line = run.NewStart; line < run.NewEnd; line++) Append(text, '+', @new, line);
        }

        for (; at < oldStart + oldCount; at++) Append(text, ' ', old, at);
    }

    // diff numbers an empty range by the line before it.
    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)}{(count == 1 ? "" : $",{count}")}");

    private static void Append(StringBuilder text, char mark, TextLines lines, int line)
    {
        var content = Encoding.UTF8.GetString(lines.Bytes(line, 1));
        text.Append(mark).Append(content);
        if (!content.EndsWith('\n')) text.Append("\n\\ No newline at end of file\n");
    }
}

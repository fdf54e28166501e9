using System.Text;
using SkillMeat.Merging.Lines;

namespace SkillMeat.Merging.Differences;

/// <summary>Finds the hunks in which two texts differ, as <c>diff -u</c> shows them.</summary>
internal static class HunkFinder
{
    private const int Context = 3;

    /// <summary>The length of the longest file to compare.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Compares texts; returns null for binary content and for very long files.</summary>
    /// <param name="old">The old bytes.</param>
    /// <param name="new">The new bytes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IReadOnlyList<DiffHunk>? Find(byte[] old, byte[] @new, CancellationToken cancellationToken)
    {
        if (old.Length > MostBytes || @new.Length > MostBytes || !MergeableText.IsText(old) || !MergeableText.IsText(@new)) return null;
        var lines = TextLines.Read(old, @new);
        var runs = LineDiff.Compare(lines[0].Ids, lines[1].Ids, cancellationToken);
        return [.. Group(runs).Select(group => Make(group, lines[0], lines[1]))];
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

    private static DiffHunk Make(List<ChangeRun> runs, TextLines old, TextLines @new)
    {
        var lead = Math.Min(Context, runs[0].OldStart);
        var (oldStart, newStart) = (runs[0].OldStart - lead, runs[0].NewStart - lead);
        var trail = Math.Min(Context, old.Count - runs[^1].OldEnd);
        var (oldCount, newCount) = (runs[^1].OldEnd + trail - oldStart, runs[^1].NewEnd + trail - newStart);
        var lines = new List<DiffLine>();
        var (at, shift) = (oldStart, newStart - oldStart);
        foreach (var run in runs)
        {
            for (; at < run.OldStart; at++) lines.Add(LineOf(DiffLineKind.Context, old, at, at + 1, at + shift + 1));
            for (; at < run.OldEnd; at++) lines.Add(LineOf(DiffLineKind.Removed, old, at, at + 1, newLine: null));
            for (var line = run.NewStart; line < run.NewEnd; line++) lines.Add(LineOf(DiffLineKind.Added, @new, line, oldLine: null, line + 1));
            shift = run.NewEnd - run.OldEnd;
        }

        for (; at < oldStart + oldCount; at++) lines.Add(LineOf(DiffLineKind.Context, old, at, at + 1, at + shift + 1));
        return new DiffHunk(Number(oldStart, oldCount), oldCount, Number(newStart, newCount), newCount, [.. lines]);
    }

    // diff numbers an empty range by the line before it.
    private static int Number(int start, int count) => count == 0 ? start : start + 1;

    private static DiffLine LineOf(DiffLineKind kind, TextLines text, int index, int? oldLine, int? newLine)
    {
        var content = Encoding.UTF8.GetString(text.Bytes(index, 1));
        return content.EndsWith('\n') ? new DiffLine(kind, oldLine, newLine, content[..^1]) : new DiffLine(kind, oldLine, newLine, content, EndsWithLineFeed: false);
    }
}

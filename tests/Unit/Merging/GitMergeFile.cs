using System.Diagnostics;
using System.Text;
using SkillMeat.Merging;
using SkillMeat.Tests.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Compares merges of texts with those of <c>git merge-file</c>.</summary>
internal sealed class GitMergeFile(string folder)
{
    private const int MostConflictsInExitCode = 127;

    /// <summary>Merges without favoring a side. The difference to git's result is null if there is none.</summary>
    public (bool IsClean, string? Difference) Compare(TextTriple triple)
    {
        var merge = LineMerge.Merge(triple.Base, triple.Local, triple.Upstream);
        return (merge.IsClean, FindDifference(triple, merge));
    }

    /// <summary>Merges taking one side's lines where both changed them; returns the difference to git's result, or null if there is none.</summary>
    public string? CompareFavoring(TextTriple triple, bool takesUpstream)
    {
        var merge = LineMerge.MergeFavoring(takesUpstream, triple.Base, triple.Local, triple.Upstream);
        var (_, output) = Run(triple, takesUpstream ? "--theirs" : "--ours");
        return output.AsSpan().SequenceEqual(merge.Span) ? null : $"{triple}\n--- git\n{Encoding.UTF8.GetString(output)}\n--- here\n{Encoding.UTF8.GetString(merge.Span)}";
    }

    private string? FindDifference(TextTriple triple, LineMergeResult merge)
    {
        var (exitCode, output) = Run(triple);
        var story = $"{triple}\n--- git\n{Encoding.UTF8.GetString(output)}\n--- here\n{Encoding.UTF8.GetString(merge.Text.Span)}{string.Join('\n', merge.Conflicts)}";
        if (exitCode != Math.Min(merge.Conflicts.Count, MostConflictsInExitCode)) return $"git has {exitCode} conflicts, we have {merge.Conflicts.Count}\n{story}";
        if (exitCode == 0) return output.AsSpan().SequenceEqual(merge.Text.Span) ? null : $"another text\n{story}";
        var found = merge.Conflicts.Select(c => (Lines(triple.Local, c.Local), Lines(triple.Upstream, c.Upstream)));
        return ConflictMarkers.Read(output).SequenceEqual(found) ? null : $"other conflicts\n{story}";
    }

    private (int ExitCode, byte[] Output) Run(TextTriple triple, params string[] options)
    {
        var stem = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        string[] files = [stem + ".local", stem + ".base", stem + ".upstream"];
        try
        {
            foreach (var (file, text) in files.Zip([triple.Local, triple.Base, triple.Upstream])) File.WriteAllBytes(file, text);
            using var process = Process.Start(GitSandbox.StartInfo(folder, ["merge-file", "-p", .. options, "-L", "l", "-L", "b", "-L", "u", .. files]))!;
            process.StandardInput.Close();
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode <= MostConflictsInExitCode, error);
            return (process.ExitCode, output.ToArray());
        }
        finally
        {
            foreach (var file in files) File.Delete(file);
        }
    }

    // Git ends every line in front of a marker, with the ending that it finds around.
    private static string Lines(byte[] text, LineRange range)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n').Skip(range.First - 1).Take(range.Count);
        return string.Concat(lines.Select(line => line.TrimEnd('\r') + "\n"));
    }
}

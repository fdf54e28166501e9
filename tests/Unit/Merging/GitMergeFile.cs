using System.Diagnostics;
using System.Text;
using SkillMeat.Merging;
using SkillMeat.Tests.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Holds our merge against <c>git merge-file</c>.</summary>
internal sealed class GitMergeFile(string folder)
{
    private const int MostConflictsInExitCode = 127;

    /// <summary>Whether we merge without conflicts, and what differs from git's answer; null when nothing does.</summary>
    public (bool IsClean, string? Difference) Compare(TextTriple triple)
    {
        var ours = LineMerge.Merge(triple.Original, triple.Local, triple.Upstream);
        return (ours.IsClean, FindDifference(triple, ours));
    }

    /// <summary>What differs from git's answer when one side's lines are taken where both changed some; null when nothing does.</summary>
    public string? CompareFavoring(TextTriple triple, bool takesUpstream)
    {
        var ours = LineMerge.MergeFavoring(takesUpstream, triple.Original, triple.Local, triple.Upstream);
        var (_, output) = Run(triple, takesUpstream ? "--theirs" : "--ours");
        return output.AsSpan().SequenceEqual(ours.Span) ? null : $"{triple}\n--- git\n{Encoding.UTF8.GetString(output)}\n--- ours\n{Encoding.UTF8.GetString(ours.Span)}";
    }

    private string? FindDifference(TextTriple triple, LineMergeResult ours)
    {
        var (exitCode, output) = Run(triple);
        var story = $"{triple}\n--- git\n{Encoding.UTF8.GetString(output)}\n--- ours\n{Encoding.UTF8.GetString(ours.Text.Span)}{string.Join('\n', ours.Conflicts)}";
        if (exitCode != Math.Min(ours.Conflicts.Count, MostConflictsInExitCode)) return $"git says {exitCode}, we {ours.Conflicts.Count}\n{story}";
        if (exitCode == 0) return output.AsSpan().SequenceEqual(ours.Text.Span) ? null : $"another text\n{story}";
        var found = ours.Conflicts.Select(c => (Lines(triple.Local, c.Local), Lines(triple.Upstream, c.Upstream)));
        return ConflictMarkers.Read(output).SequenceEqual(found) ? null : $"other conflicts\n{story}";
    }

    private (int ExitCode, byte[] Output) Run(TextTriple triple, params string[] options)
    {
        var stem = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        string[] files = [stem + ".local", stem + ".base", stem + ".upstream"];
        try
        {
            foreach (var (file, text) in files.Zip([triple.Local, triple.Original, triple.Upstream])) File.WriteAllBytes(file, text);
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

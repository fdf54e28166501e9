using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

/// <summary>With any layout of the manifest, a refresh changes exactly the lines that it reports, and a rollback restores every byte.</summary>
public sealed class RoundTripPropertyTests
{
    private static readonly Gen<string> _layouts =
        from newLine in Gen.Elements("\n", "\r\n")
        from mark in Gen.Elements("", "\ufeff")
        from end in Gen.Elements("", "\n", "\n\n  # the end", "\n\t")
        from lines in Gen.ArrayOf(Gen.Elements("", "# note", "   # \"odd\" [x]", "\t", "custom = 1", "custom = [\n  1, # one\n  2,\n]", "x.y = \"\"\"a\nb\"\"\"", "'quo ted' = { a = 1, b = '#' }"), 6)
        from quote in Gen.Elements("description = \"Old text\" # mine", "description   =   'Old text'", "\"description\" = \"\"\"Old text\"\"\"")
        select mark + string.Join(newLine, Lay(lines, quote).Split('\n')) + end.Replace("\n", newLine, StringComparison.Ordinal);

    [Fact]
    public void A_refresh_changes_what_it_says_and_a_rollback_everything_back() => Prop.ForAll(Arb.From(_layouts), layout => CheckAsync(Encoding.UTF8.GetBytes(layout)).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    // Each line at a place of its own, none twice in a table, so that the whole stays TOML.
    private static string Lay(string[] lines, string description)
    {
        var seen = new HashSet<string>();
        string Line(int i) => i < lines.Length && (lines[i].Length == 0 || lines[i][0] is '#' or ' ' or '\t' || seen.Add(lines[i].Split('=')[0] + (i / 2))) ? lines[i] + "\n" : "";
        return $"{(Line(0).StartsWith('#') ? "# first\n" : "")}[collection]\nname = \"default\"\n{Line(0)}{Line(1)}\n[[artifacts]]\nname = \"a1\"\ntype = \"skill\"\n{Line(2)}path = \"skills/a1\"\norigin = \"local\"\n"
            + $"added = \"2026-01-01T00:00:00\"\nupstream = \"../../../upstream/skills/a1\"\n{Line(3)}\n[artifacts.metadata]\n{Line(4)}{description}\n{Line(5)}[last]\nkey = 1";
    }

    private static async Task<bool> CheckAsync(byte[] manifest)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Manifest, manifest);
        var run = (await home.RunAsync("collection", "refresh", "--format", "json").ConfigureAwait(false)).Succeeds();
        var refreshed = await File.ReadAllTextAsync(home.Manifest).ConfigureAwait(false);
        var before = Encoding.UTF8.GetString(manifest).TrimStart('\ufeff').Split('\n');
        var after = refreshed.Split('\n').ToList();
        // The description is replaced in its place and keeps its comment; 'updated' is a line that was not there.
        Assert.Equal(1, after.RemoveAll(l => l.StartsWith("updated = ", StringComparison.Ordinal)));
        var differing = before.Zip(after).Where(p => p.First != p.Second).ToList();
        Assert.Equal(before.Length, after.Count);
        Assert.Contains("New text of a1", Assert.Single(differing).Second, StringComparison.Ordinal);
        Assert.Equal(differing[0].First.Contains("# mine", StringComparison.Ordinal), differing[0].Second.Contains("# mine", StringComparison.Ordinal));

        (await home.RunAsync("collection", "rollback", "--yes", "--snapshot", run.Json.GetProperty("snapshot_id").GetString()!).ConfigureAwait(false)).Succeeds();
        return manifest.SequenceEqual(await File.ReadAllBytesAsync(home.Manifest).ConfigureAwait(false));
    }
}

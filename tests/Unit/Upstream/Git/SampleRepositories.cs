using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>Repositories with all that git can hold, made once for all tests of a class, and not changed by them.</summary>
public sealed class SampleRepositories : IDisposable
{
    /// <summary>Tags of all kinds, branches, links, submodules, odd names, thirty commits.</summary>
    public const string Varied = "varied";

    /// <summary>A text of 2 MB with fifty versions, all in one chain of deltas.</summary>
    public const string Deep = "deep";

    /// <summary>More than is kept in memory.</summary>
    public const string Large = "large";

    public const string Empty = "empty";

    public SampleRepositories()
    {
        MakeVaried(Git.Init(Varied));
        MakeDeep(Git.Init(Deep));
        MakeLarge(Git.Init(Large));
        Git.Init(Empty);
        foreach (var name in (string[])[Varied, Deep, Large, Empty])
        {
            Git.Run(FolderOf(name), "config", "uploadpack.allowFilter", "true");
            Git.Run(FolderOf(name), "config", "uploadpack.allowAnySHA1InWant", "true");
        }
    }

    public GitSandbox Git { get; } = new();

    public string FolderOf(string name) => Path.Combine(Git.Root, name);

    public void Dispose() => Git.Dispose();

    private void MakeVaried(string folder)
    {
        Git.Write(folder, "README.md", "# Sample\n");
        Git.Write(folder, "empty", "");
        Git.Write(folder, "skills/grüße 日本/SKILL.md", "---\nname: grüße\n---\n");
        Git.Write(folder, "a/b", "in a folder");
        Git.Write(folder, "a.b", "sorts before the folder");
        Git.Write(folder, "a-b", "too");
        Git.Write(folder, "a0", "sorts after it");
        Git.Write(folder, "deep/er/and/deeper/file", "x");
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        Git.Write(folder, "noise.bin", noise);
        var script = Git.Write(folder, "skills/run.sh", "#!/bin/sh\n");
        var first = Git.CommitAll(folder, "first");
        Git.Run(folder, "update-index", "--chmod=+x", "skills/run.sh");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, File.GetUnixFileMode(script) | UnixFileMode.UserExecute);
        var target = Encoding.UTF8.GetString(Git.RunWithInput(folder, s => s.Write("README.md"u8), "hash-object", "-w", "--stdin")).Trim();
        Git.Run(folder, "update-index", "--add", "--cacheinfo", $"120000,{target},link");
        Git.Run(folder, "update-index", "--add", "--cacheinfo", $"160000,{first},module");
        Git.Run(folder, "commit", "--quiet", "-m", "modes");
        for (var i = 0; i < 28; i++)
        {
            Git.Write(folder, "changes.md", string.Join('\n', Enumerable.Range(0, 200 + i).Select(n => $"line {n * (i + 1) % 97}")));
            Git.Run(folder, "add", "changes.md");
            Git.Run(folder, "commit", "--quiet", "-m", $"change {i}");
            if (i == 9) Git.Run(folder, "tag", "v1");
            if (i == 14) Git.Run(folder, "tag", "-a", "-m", "one", "v1.0");
            if (i == 19) Git.Run(folder, "branch", "feature/one");
            if (i == 24) Git.Run(folder, "branch", "feature/one-more");
        }

        Git.Run(folder, "tag", "-a", "-m", "a tag of a tag", "nested", "v1.0");
        Git.Run(folder, "tag", "a-tree", "HEAD^{tree}");
        Git.Run(folder, "tag", "-a", "-m", "of a file", "a-file", "HEAD:README.md");
        Git.Run(folder, "branch", "v1.0", "v1");
    }

    private void MakeDeep(string folder)
    {
        var lines = Enumerable.Range(0, 40_000).Select(i => $"This is line {i}, {i * 7919 % 104729} of the text.\n").ToArray();
        Git.RunWithInput(folder, s => WriteVersions(s, lines), "fast-import", "--quiet", "--depth=250");
    }

    private static void WriteVersions(Stream import, string[] lines)
    {
        void Say(string text) => import.Write(Encoding.UTF8.GetBytes(text));
        for (var version = 0; version < 50; version++)
        {
            lines[version * 613 % lines.Length] = $"Changed in version {version}.\n";
            var content = Encoding.UTF8.GetBytes(string.Concat(lines));
            Say("commit refs/heads/main\ncommitter Test <test@example.invalid> 1700000000 +0000\ndata 1\nx\nM 644 inline big.txt\n");
            Say($"data {content.Length.ToString(CultureInfo.InvariantCulture)}\n");
            import.Write(content);
            Say("\n");
        }
    }

    private void MakeLarge(string folder)
    {
        var noise = new byte[10 * 1024 * 1024];
        new Random(2).NextBytes(noise);
        Git.Write(folder, "large.bin", noise);
        Git.Write(folder, "small.md", "small");
        Git.CommitAll(folder, "large");
    }
}

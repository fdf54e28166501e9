using System.Globalization;
using System.Text;
using Xunit;

[assembly: AssemblyFixture(typeof(SkillMeat.Tests.Upstream.Git.SampleRepositories))]

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>Repositories with everything that git can store. The first test that needs them makes them, and no test changes them.</summary>
public sealed class SampleRepositories : IDisposable
{
    /// <summary>Tags of all kinds, branches, links, submodules, odd names, thirty commits.</summary>
    public const string Varied = "varied";

    /// <summary>A text of 2 MB with fifty versions, all in one chain of deltas.</summary>
    public const string Deep = "deep";

    /// <summary>A repository that is larger than the limit for memory.</summary>
    public const string Large = "large";

    public const string Empty = "empty";

    private readonly Lazy<GitSandbox> _git = new(Make);

    public GitSandbox Git => _git.Value;

    public string FolderOf(string name) => Path.Combine(Git.Root, name);

    public void Dispose()
    {
        if (_git.IsValueCreated) _git.Value.Dispose();
    }

    private static GitSandbox Make()
    {
        var git = new GitSandbox();
        foreach (var name in (string[])[Varied, Deep, Large, Empty])
        {
            var folder = git.Init(name);
            git.Run(folder, "config", "uploadpack.allowFilter", "true");
            git.Run(folder, "config", "uploadpack.allowAnySHA1InWant", "true");
        }

        MakeVaried(git, Path.Combine(git.Root, Varied));
        MakeDeep(git, Path.Combine(git.Root, Deep));
        MakeLarge(git, Path.Combine(git.Root, Large));
        return git;
    }

    private static void MakeVaried(GitSandbox git, string folder)
    {
        git.Write(folder, "README.md", "# Sample\n");
        git.Write(folder, "empty", "");
        git.Write(folder, "skills/grüße 日本/SKILL.md", "---\nname: grüße\n---\n");
        git.Write(folder, "a/b", "in a folder");
        git.Write(folder, "a.b", "sorts before the folder");
        git.Write(folder, "a-b", "too");
        git.Write(folder, "a0", "sorts after it");
        git.Write(folder, "deep/er/and/deeper/file", "x");
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        git.Write(folder, "noise.bin", noise);
        var script = git.Write(folder, "skills/run.sh", "#!/bin/sh\n");
        var first = git.CommitAll(folder, "first");
        git.Run(folder, "update-index", "--chmod=+x", "skills/run.sh");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, File.GetUnixFileMode(script) | UnixFileMode.UserExecute);
        var target = Encoding.UTF8.GetString(git.RunWithInput(folder, s => s.Write("README.md"u8), "hash-object", "-w", "--stdin")).Trim();
        git.Run(folder, "update-index", "--add", "--cacheinfo", $"120000,{target},link");
        git.Run(folder, "update-index", "--add", "--cacheinfo", $"160000,{first},module");
        git.Run(folder, "commit", "--quiet", "-m", "modes");
        for (var i = 0; i < 28; i++)
        {
            git.Write(folder, "changes.md", string.Join('\n', Enumerable.Range(0, 200 + i).Select(n => $"line {n * (i + 1) % 97}")));
            git.Run(folder, "add", "changes.md");
            git.Run(folder, "commit", "--quiet", "-m", $"change {i}");
            if (i == 9) git.Run(folder, "tag", "v1");
            if (i == 14) git.Run(folder, "tag", "-a", "-m", "one", "v1.0");
            if (i == 19) git.Run(folder, "branch", "feature/one");
            if (i == 24) git.Run(folder, "branch", "feature/one-more");
        }

        git.Run(folder, "tag", "-a", "-m", "a tag of a tag", "nested", "v1.0");
        git.Run(folder, "tag", "a-tree", "HEAD^{tree}");
        git.Run(folder, "tag", "-a", "-m", "of a file", "a-file", "HEAD:README.md");
        git.Run(folder, "branch", "v1.0", "v1");
    }

    private static void MakeDeep(GitSandbox git, string folder)
    {
        var lines = Enumerable.Range(0, 40_000).Select(i => $"This is line {i}, {i * 7919 % 104729} of the text.\n").ToArray();
        git.RunWithInput(folder, s => WriteVersions(s, lines), "fast-import", "--quiet", "--depth=250");
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

    private static void MakeLarge(GitSandbox git, string folder)
    {
        var noise = new byte[10 * 1024 * 1024];
        new Random(2).NextBytes(noise);
        git.Write(folder, "large.bin", noise);
        git.Write(folder, "small.md", "small");
        git.CommitAll(folder, "large");
    }
}

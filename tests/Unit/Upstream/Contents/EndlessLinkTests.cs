using System.Globalization;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Links that lead to themselves, or to more files than can be counted, end at a limit.</summary>
public sealed class EndlessLinkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_into_itself_is_left_out(bool hasToken)
    {
        await using var scene = await ContentScene.StartAsync(hasToken);
        var commit = scene.Git.Commit(
            "1",
            GitChange.Write("a/SKILL.md", "a"),
            GitChange.Symlink("a/loop", "loop/a"),
            GitChange.Symlink("a/long", $"long/{string.Join('/', Enumerable.Repeat("long-name", 300))}"),
            GitChange.Symlink("a/one", "two/x"),
            GitChange.Symlink("a/two", "one/x"),
            GitChange.Symlink("a/out", "../b/loop/x"),
            GitChange.Symlink("b/loop", "loop/x"));

        var fetched = Assert.Single(await scene.FetchAsync(scene.OnGitHub, commit, "a"));

        Assert.Equal(["a/SKILL.md File a"], scene.Read(fetched));
        Assert.Equal(["a/long", "a/loop", "a/one", "a/two", "b/loop"], fetched.Warnings.Select(warning => warning.Split('\'')[1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Folders_with_two_links_to_the_next_one_are_refused_alone(bool hasToken)
    {
        await using var scene = await ContentScene.StartAsync(hasToken);
        scene.Configure("[limits]\narchive-members = 500\n");
        var commit = scene.Git.Commit("1", [.. Doubling(20).Select(link => GitChange.Symlink(link.Path, link.Target)), GitChange.Write("f20/x", "x"), GitChange.Write("good/SKILL.md", "good"), GitChange.Symlink("good/f", "../f18")]);

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "f0", "good");

        Assert.Contains("500 files", fetched[0].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("'archive-members'", fetched[0].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(5, scene.Read(fetched[1]).Count);
    }

    [Fact]
    public async Task Links_to_every_level_of_a_deep_folder_are_counted()
    {
        await using var scene = await ContentScene.StartAsync();
        scene.Configure("[limits]\narchive-members = 1000\n");
        var levels = Enumerable.Range(1, 100).Select(depth => string.Join('/', Enumerable.Repeat("d", depth))).ToList();
        var commit = scene.Git.Commit(
            "1",
            [
                .. levels.Select(level => GitChange.Symlink($"a/{level.Length}", $"../b/{level}")),
                .. Enumerable.Range(0, 50).Select(i => GitChange.Write($"b/{levels[^1]}/{i}", "x")),
                GitChange.Symlink("a/b", "../b"),
            ]);

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a", "b"])]));

        Assert.Contains("'archive-members'", answer.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_links_are_named_up_to_a_number()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", [GitChange.Write("a/SKILL.md", "a"), .. Enumerable.Range(0, 100).Select(i => GitChange.Symlink($"a/{i}", "none"))]);

        var fetched = Assert.Single(await scene.FetchAsync(scene.OnGitHub, commit, "a"));

        Assert.Equal(21, fetched.Warnings.Count);
        Assert.Equal("More links or submodules were left out: 80.", fetched.Warnings[^1]);
    }

    [Fact]
    public async Task In_a_folder_they_end_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        await using var scene = await ContentScene.StartAsync();
        foreach (var (path, target) in Doubling(40)) Link(scene, path, target);
        Directory.CreateDirectory(Path.Combine(scene.Folder, "f40"));
        Directory.CreateDirectory(Path.Combine(scene.Folder, "a"));
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "a", "SKILL.md"), "a", TestContext.Current.CancellationToken);
        Link(scene, "a/loop", "loop/a");
        Link(scene, "a/long", new string('n', 300));
        for (var i = 0; i < 100; i++) Link(scene, string.Create(CultureInfo.InvariantCulture, $"b/{i}"), "none");

        var fetched = await scene.FetchAsync(scene.InFolder, "", "f0", "a", "b");

        Assert.Equal(ErrorIds.ArtifactInvalid, fetched[0].Error!.ErrorId);
        Assert.Contains("more than 100000 files and folders", fetched[0].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(["a/SKILL.md File a"], scene.Read(fetched[1]));
        Assert.Equal(2, fetched[1].Warnings.Count);
        Assert.Equal(21, fetched[2].Warnings.Count);
    }

    [Fact]
    public async Task A_file_that_became_a_link_meanwhile_is_said_to_change()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        await using var scene = await ContentScene.StartAsync();
        var before = Path.Combine(scene.Folder, "before");
        Directory.CreateDirectory(Path.Combine(before, "a"));
        await File.WriteAllTextAsync(Path.Combine(before, "a", "x"), "x", TestContext.Current.CancellationToken);
        var now = Path.Combine(scene.Folder, "now");
        Link(scene, "now/a/x", "../../before/a/x");
        using var stamps = new StampReader(before);
        using var writer = scene.Store.BeginWrite();

        var fetched = new FolderReading(new FolderPlace(now, ""), stamps, writer, TestContext.Current.CancellationToken).Read("a", scene.InFolder);

        Assert.Equal(ErrorIds.ConcurrentChange, fetched.Error!.ErrorId);
        Assert.DoesNotContain("config.toml", fetched.Error.Message, StringComparison.Ordinal);
    }

    // A chain of folders, each with two links to the next.
    private static IEnumerable<(string Path, string Target)> Doubling(int folders) => Enumerable.Range(0, folders).SelectMany(i => ((string, string)[])[($"f{i}/l", $"../f{i + 1}"), ($"f{i}/r", $"../f{i + 1}")]);

    private static void Link(ContentScene scene, string path, string target)
    {
        var link = Path.Combine(scene.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
    }
}

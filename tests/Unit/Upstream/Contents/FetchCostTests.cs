using SkillMeat.Additions;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>The cost of content: only the wanted and missing parts are downloaded.</summary>
public sealed class FetchCostTests
{
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_skill_costs_what_it_is_whatever_else_the_repository_holds(bool gitHub, bool known)
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", [.. Enumerable.Range(0, 4).Select(i => GitChange.Write($"assets/{i}.bin", Noise(i, Megabyte))), GitChange.Write("skills/a/SKILL.md", Noise(9, 20_000))]);
        var repository = gitHub ? scene.OnGitHub : scene.OnGitHost;
        if (known) scene.Know(repository, commit, "skills/a");

        Assert.Single(scene.Store.ReadTree((await scene.FetchAsync(repository, commit, "skills/a"))[0].Entry!.Id));

        Assert.InRange(scene.Server.Log.Records.Sum(r => r.Bytes), 20_000, 22_000);
        Assert.Equal(known ? 1 : 2, scene.Server.Log.Records.Count(r => r.Method == "POST"));
        Assert.Equal(gitHub ? 0 : 1, scene.Server.Log.Records.Count(r => r.Method == "GET"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Single_files_come_in_one_request_with_the_trees_that_say_what_they_are(bool gitHub)
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("commands/x.md", "x"), GitChange.Write("commands/run", "#!/bin/sh", executable: true), GitChange.Write("large.bin", Noise(1, Megabyte)));
        var repository = gitHub ? scene.OnGitHub : scene.OnGitHost;
        scene.Know(repository, commit, "commands/x.md");
        scene.Know(repository, commit, "commands/run");

        var fetched = await scene.FetchAsync(repository, commit, "commands/x.md", "commands/run");

        Assert.Equal(["x.md File x"], scene.Read(fetched[0]));
        Assert.Equal(["run Executable #!/bin/sh"], scene.Read(fetched[1]));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Method == "POST"));
        Assert.InRange(scene.Server.Log.Records.Sum(r => r.Bytes), 1, 3000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_update_costs_what_changed(bool gitHub)
    {
        await using var scene = await ContentScene.StartAsync();
        var repository = gitHub ? scene.OnGitHub : scene.OnGitHost;
        var first = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "1"), GitChange.Write("a/large.bin", Noise(1, Megabyte)));
        var second = scene.Git.Commit("2", GitChange.Write("a/SKILL.md", "2"));
        var third = scene.Git.Commit("3", GitChange.Write("elsewhere", "3"));
        foreach (var commit in new[] { first, second, third }) scene.Know(repository, commit, "a");
        await scene.FetchAsync(repository, first, "a");
        scene.Server.Log.Clear();

        var fetched = (await scene.FetchAsync(repository, second, "a"))[0];
        Assert.StartsWith("a/SKILL.md File 2", scene.Read(fetched)[0], StringComparison.Ordinal);
        Assert.InRange(scene.Server.Log.Records.Sum(r => r.Bytes), 1, 3000);
        scene.Server.Log.Clear();

        Assert.Equal(fetched.Entry!.Id, (await scene.FetchAsync(repository, third, "a"))[0].Entry!.Id);
        Assert.DoesNotContain(scene.Server.Log.Records, r => r.Method == "POST");
    }

    [Fact]
    public async Task Without_a_token_trees_that_an_answer_needed_are_not_fetched_again_for_the_content()
    {
        await using var scene = await UpdateScene.StartAsync(hasToken: false);
        scene.Git.Commit("1", [.. Enumerable.Range(0, 20).SelectMany(i => new[] { GitChange.Write($"skills/s{i}/SKILL.md", UpdateScene.Skill($"s{i}")), GitChange.Write($"skills/s{i}/docs/a.md", $"{i}") })]);

        var added = await scene.AddAsync([.. Enumerable.Range(0, 20).Select(i => $"{UpdateScene.Repo}/skills/s{i}")]);

        Assert.All(added, entry => Assert.Equal(AddStatus.Added, entry.Status));
        Assert.Equal("19", scene.Read("skills/s19/docs/a.md"));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Method == "POST"));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Path.StartsWith("/codeload/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_token_no_more_of_the_archive_is_read_than_is_needed()
    {
        await using var scene = await ContentScene.StartAsync(token: false);
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"), GitChange.Write("z/large.bin", Noise(1, 4 * Megabyte)));

        Assert.Equal(["a/SKILL.md File a"], scene.Read((await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0]));
        Assert.DoesNotContain(scene.Server.Log.Records, r => r.Path.Contains("/raw/", StringComparison.Ordinal));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Path.StartsWith("/codeload/", StringComparison.Ordinal)));
        Assert.Equal(1, scene.Server.Log.Records.Count(r => r.Method == "POST"));
    }

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

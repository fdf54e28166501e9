using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Content from a host that is not a GitHub, fetched by git, which leaves no files of its own behind.</summary>
public sealed class GitContentTests
{
    [Fact]
    public async Task Many_paths_of_one_commit_cost_one_download_of_trees_and_one_of_files()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit(
            "1",
            GitChange.Write("skills/ü/SKILL.md", "# ü"),
            GitChange.Write("skills/ü/run.sh", "#!/bin/sh", executable: true),
            GitChange.Symlink("skills/ü/link", "SKILL.md"),
            GitChange.Write("skills/ü/__pycache__/x", "x"),
            GitChange.Write("commands/x.md", "command"),
            GitChange.Symlink("evil", "/etc/passwd"));
        scene.Git.Commit("2", GitChange.Write("commands/x.md", "newer"));

        var answers = await scene.FetchAsync([
            new ContentQuestion(scene.OnGitHost, commit, ["skills/ü", "none"]),
            new ContentQuestion(scene.OnGitHost, commit, ["commands/x.md", ""]),
        ]);

        Assert.Equal(["ü/SKILL.md File # ü", "ü/__pycache__/x File x", "ü/link File # ü", "ü/run.sh Executable #!/bin/sh"], scene.Read(answers[0].Paths[0]));
        Assert.Equal((null, null), (answers[0].Paths[1].Entry, answers[0].Paths[1].Error));
        Assert.Equal(["x.md File command"], scene.Read(answers[1].Paths[0]));
        Assert.Contains("'evil' of ", Assert.Single(answers[1].Paths[1].Warnings), StringComparison.Ordinal);
        Assert.Equal(1, scene.Server.Log.Count(RequestKind.Refs));
        // The trees, and the wanted files.
        Assert.Equal(2, scene.Server.Log.Records.Count(r => r.Command == "fetch"));
    }

    [Fact]
    public async Task Files_that_a_repository_keeps_out_of_its_releases_are_there()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write(".gitattributes", "a/tests export-ignore\na/SKILL.md export-subst\n"), GitChange.Write("a/SKILL.md", "$Format:%H$"), GitChange.Write("a/tests/t", "t"));

        Assert.Equal(["a/SKILL.md File $Format:%H$", "a/tests/t File t"], scene.Read(await scene.FetchByGitAsync(commit, "a")));
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_said_so()
    {
        await using var scene = await ContentScene.StartAsync();
        scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));

        var error = await Assert.ThrowsAsync<UpstreamException>(() => scene.FetchByGitAsync(new string('d', 40), "a"));

        Assert.Equal(ErrorIds.UpstreamNotFound, error.ErrorId);
        Assert.Contains("has no commit dddd", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_gives_no_commits_by_their_ids_gives_its_history()
    {
        await using var scene = await ContentScene.StartAsync(options: new LoopbackGitHubOptions { ProtocolV2 = false });
        scene.Git.Git("config", "uploadpack.allowAnySHA1InWant", "false");
        var oldest = scene.Git.Commit("0", GitChange.Write("a/SKILL.md", "0"));
        var commits = Enumerable.Range(1, 60).Select(i => scene.Git.Commit($"{i}", GitChange.Write("a/SKILL.md", $"{i}"))).ToList();

        Assert.Equal(["a/SKILL.md File 60"], scene.Read(await scene.FetchByGitAsync(commits[59], "a")));
        Assert.Empty(scene.Reports);
        Assert.Equal(["a/SKILL.md File 40"], scene.Read(await scene.FetchByGitAsync(commits[39], "a")));
        Assert.Contains("fetching its branches and tags", Assert.Single(scene.Reports), StringComparison.Ordinal);
        Assert.Equal(["a/SKILL.md File 40"], scene.Read((await scene.FetchAsync(scene.OnGitHost, commits[39], "a"))[0]));
        Assert.Equal(["a/SKILL.md File 0"], scene.Read(await scene.FetchByGitAsync(oldest, "a")));
        Assert.Contains("fetching the whole history", scene.Reports[^1], StringComparison.Ordinal);
        Assert.Equal(ErrorIds.UpstreamNotFound, (await Assert.ThrowsAsync<UpstreamException>(() => scene.FetchByGitAsync(new string('d', 40), "a"))).ErrorId);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_said_so_without_a_question()
    {
        await using var scene = await ContentScene.StartAsync();
        var gone = RepositoryAddress.OnGitHost(new Uri($"http://somebody:s3cret@{new Uri(scene.Server.ServerUrl).Authority}/octo/gone"));

        var error = await Assert.ThrowsAsync<UpstreamException>(() => scene.FetchByGitAsync(new string('d', 40), "a", gone));

        Assert.Equal(ErrorIds.UpstreamNotFound, error.ErrorId);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.All(scene.Server.Log.Records, r => Assert.False(r.HadToken));
    }

    [Fact]
    public async Task A_host_without_git_is_told_what_to_install()
    {
        await using var scene = await ContentScene.StartAsync(path: null);

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(RepositoryAddress.ByScp("git", "host.invalid", "octo/skills.git"), new string('d', 40), ["a"])]));

        Assert.Equal(ErrorIds.UpstreamUnavailable, answer.Error!.ErrorId);
        Assert.Contains("install git", answer.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.HalfBody)]
    [InlineData(FaultKind.Status)]
    public async Task A_server_that_fails_is_reported(FaultKind kind)
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", string.Concat(Enumerable.Range(0, 10_000))));
        var fault = kind switch { FaultKind.Reset => Fault.Reset(), FaultKind.HalfBody => Fault.HalfBody(), _ => Fault.Failing(500) };
        scene.Server.Faults = SkillMeat.Tests.LoopbackGitHub.Faults.When(r => r.Kind == RequestKind.UploadPack, SkillMeat.Tests.LoopbackGitHub.Faults.Always(fault));

        var error = await Assert.ThrowsAsync<UpstreamException>(() => scene.FetchByGitAsync(commit, "a"));

        Assert.Equal(ErrorIds.UpstreamUnavailable, error.ErrorId);
        Assert.Empty(scene.StoredFiles);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing_behind()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));
        using var cancelling = new CancellationTokenSource();
        var hadFolder = false;
        scene.Server.Faults = _ =>
        {
            hadFolder |= Directory.GetDirectories(scene.Temporary).Length == 1;
            cancelling.Cancel();
            return Fault.Hang();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.FetchByGitAsync(commit, "a", cancellationToken: cancelling.Token));

        Assert.True(hadFolder);
        Assert.Empty(Directory.GetFileSystemEntries(scene.Temporary));
        Assert.Empty(scene.StoredFiles);
    }

    [Fact]
    public async Task A_repository_on_this_machine_is_reached_by_its_file_address()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "a"));

        Assert.Equal(["a/SKILL.md File a"], scene.Read(await scene.FetchByGitAsync(commit, "a", RepositoryAddress.OnGitHost(new Uri(scene.Git.GitDirectory)))));
    }
}

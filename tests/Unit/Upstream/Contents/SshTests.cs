using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using SkillMeat.Upstream.Git.Wire;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Repositories that are reached by ssh: the real git talks to the real git, with a script in place of ssh.</summary>
public sealed class SshTests : IDisposable
{
    private const string Variable = "GIT_SSH_COMMAND";

    // git calls it with -G to detect OpenSSH; the last argument is the command for the other side.
    private const string Script = "#!/bin/sh\n[ \"$1\" = -G ] && exit 0\nfor last; do :; done\nexec sh -c \"$last\"\n";

    private readonly string _script = Path.Combine(Path.GetTempPath(), $"skm-ssh-{Path.GetRandomFileName()}.sh");
    private readonly string? _before = System.Environment.GetEnvironmentVariable(Variable);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SshTests()
    {
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(_script, Script);
        File.SetUnixFileMode(_script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        System.Environment.SetEnvironmentVariable(Variable, _script);
    }

    public void Dispose()
    {
        System.Environment.SetEnvironmentVariable(Variable, _before);
        File.Delete(_script);
    }

    [Fact]
    public async Task A_repository_by_ssh_is_checked_and_fetched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script in ssh's place is one of Unix.");
        await using var scene = await ContentScene.StartAsync();
        var first = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "---\ndescription: one\n---\n"), GitChange.Write("skills/b/SKILL.md", "b"));
        var second = scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", "---\ndescription: two\n---\n"));
        scene.Git.AnnotatedTag("v1", "one", first);
        var repository = RepositoryAddress.ByScp("git", "host.invalid", scene.Git.GitDirectory);

        var answer = await scene.AskAsync(new RepositoryQuestion(
            repository,
            [
                new PathQuestion("skills/a", ArtifactType.Skill, RefSpec.Latest, first, null, ManifestDetail.Text),
                new PathQuestion("skills/b", ArtifactType.Skill, RefSpec.Latest, first, null, ManifestDetail.None),
                new PathQuestion("skills/a", ArtifactType.Skill, RefSpec.Parse("v1"), first, null, ManifestDetail.None),
            ],
            [],
            WithFacts: false));

        Assert.Null(answer.Error);
        Assert.All(answer.Paths, path => Assert.Null(path.Error));
        Assert.Equal([second, second, first], answer.Paths.Select(path => path.Commit));
        Assert.Equal([true, false, false], answer.Paths.Select(path => path.Changed));
        Assert.Contains("two", answer.Paths[0].Manifest!.Text, StringComparison.Ordinal);
        Assert.Equal(["a/SKILL.md File ---\ndescription: two\n---\n"], scene.Read((await scene.FetchAsync(repository, second, "skills/a"))[0]));
        Assert.Empty(scene.Server.Log.Records);
    }

    [Fact]
    public async Task A_git_that_says_nothing_is_killed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The git of this test is a shell script.");
        var folder = Directory.CreateTempSubdirectory("skm-silent-");
        var git = Path.Combine(folder.FullName, "git");
        await File.WriteAllTextAsync(git, $"#!/bin/sh\ncase \"$*\" in *ls-remote*) echo $$ > '{folder.FullName}/pid'; exec /bin/sleep 600;; esac\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var address = RepositoryAddress.ByScp("git", "example.invalid", "o/r.git");
        using var transport = new GitProgramTransport(name => name == "PATH" ? folder.FullName : null, folder.FullName, TimeSpan.FromSeconds(1), address, TimeProvider.System, _ => { });

        var error = await Assert.ThrowsAsync<UpstreamException>(() => transport.SendAsync(GitRequest.Advertisement(address.GitUrl!), (_, _, _) => Task.FromResult(true), Cancellation));

        Assert.Equal("example.invalid/o/r: git could not list its refs within 2 s; try 'git ls-remote git@example.invalid:o/r.git'.", error.Message);
        var process = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "pid"), Cancellation), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(process));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("exec /bin/sleep 600")]
    [InlineData("echo From somewhere >&2; exec /bin/sleep 600")]
    public async Task A_fetch_over_ssh_that_stalls_is_killed(string stall)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The git of this test is a shell script.");
        await using var scene = await ContentScene.StartAsync(path: Directory.CreateTempSubdirectory("skm-stall-").FullName);
        var git = Path.Combine(scene.ProgramFolders!, "git");
        await File.WriteAllTextAsync(git, $"#!/bin/sh\ncase \"$*\" in *' fetch '*) {stall};; esac\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var contents = new GitProgramContents(
            name => name == "PATH" ? scene.ProgramFolders : null, scene.Temporary, 1, TimeSpan.FromSeconds(0.5), TimeProvider.System, new GitContentFileIndex(Path.Combine(scene.Temporary, "index.json"), Random.Shared, _ => { }), _ => { });
        var repository = RepositoryAddress.ByScp("git", "example.invalid", "o/r.git");
        using var objects = scene.Store.BeginBatch();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var error = await Assert.ThrowsAsync<UpstreamException>(() => contents.FetchAsync(new ContentQuestion(repository, new string('d', 40), ["a"]), objects, Cancellation));

        Assert.Equal(ErrorIds.UpstreamUnavailable, error.ErrorId);
        Assert.Contains("within 1 s", error.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(30));
        Directory.Delete(scene.ProgramFolders!, recursive: true);
    }

    [Theory]
    [InlineData("git@example.invalid: Permission denied (publickey).", ErrorIds.UpstreamForbidden)]
    [InlineData("fatal: Authentication failed for 'https://example.invalid/'", ErrorIds.UpstreamForbidden)]
    [InlineData("ERROR: Repository not found.", ErrorIds.UpstreamNotFound)]
    [InlineData("fatal: could not read Username for 'https://example.invalid': terminal prompts disabled", ErrorIds.UpstreamNotFound)]
    [InlineData("ssh: connect to host example.invalid port 22: Connection refused", ErrorIds.UpstreamUnavailable)]
    public void A_refused_key_is_told_from_a_missing_repository_and_an_outage(string said, string errorId)
    {
        var error = GitFetch.Failed(RepositoryAddress.ByScp("git", "example.invalid", "o/r.git"), "fetch", said);

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_by_ssh_that_is_not_there_is_said_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script in ssh's place is one of Unix.");
        await using var scene = await ContentScene.StartAsync();
        var repository = RepositoryAddress.ByScp("git", "host.invalid", "/nowhere/x.git");

        var answer = await scene.AskAsync(new RepositoryQuestion(repository, [new PathQuestion("a", ArtifactType.Skill, RefSpec.Latest, null, null, ManifestDetail.None)], [], WithFacts: false));

        Assert.Equal(ErrorIds.UpstreamNotFound, (answer.Error ?? answer.Paths[0].Error)!.ErrorId);
        Assert.Equal(ErrorIds.UpstreamNotFound, Assert.Single(await scene.FetchAsync([new ContentQuestion(repository, new string('d', 40), ["a"])])).Error!.ErrorId);
    }
}

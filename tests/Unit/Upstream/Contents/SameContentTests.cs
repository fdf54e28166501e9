using System.Globalization;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Upstream.Git;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>All ways to fetch content give the same results: the same files, omissions, refusals and messages.</summary>
public sealed class SameContentTests
{
    private static readonly string[] _paths =
    [
        "a", "a/in", "a/in/x.md", "a/run", "lnk", "lnk/in", "none", "a/none", "a/run/none", "module", "withmodule", "cases", "out", "odd", "left", "left/node_modules", "names/con", "names/colon", "names/blank",
        "names/control", "names/back", "deep",
    ];

    private static readonly GitChange[] _links =
    [
        GitChange.Symlink("a/to", "in/x.md"),
        GitChange.Symlink("a/todir", "in"),
        GitChange.Symlink("a/dangling", "nowhere"),
        GitChange.Symlink("lnk", "a"),
        GitChange.Symlink("out/y", "../a/SKILL.md"),
        GitChange.Symlink("out/chain", "../lnk/todir/x.md"),
        GitChange.Symlink("out/loop", "loop"),
        GitChange.Symlink("out/up", ".."),
        GitChange.Symlink("out/away", "/etc/passwd"),
        GitChange.Symlink("out/module", "../module"),
    ];

    private static readonly GitChange[] _everything =
    [
        GitChange.Write(".gitattributes", "odd/** export-ignore\na/in/x.md export-subst\n*.txt text eol=crlf\n"),
        .. _links,
        GitChange.Write("a/SKILL.md", "a\n"),
        GitChange.Write("a/empty.txt", ""),
        GitChange.Write("a/in/x.md", "$Format:%H$"),
        GitChange.Write("a/in/y.txt", "1\r\n2\n"),
        GitChange.Write("a/run", "#!/bin/sh\n", executable: true),
        GitChange.Submodule("module", new string('1', 40)),
        GitChange.Write("withmodule/x", "x"),
        GitChange.Submodule("withmodule/m", new string('1', 40)),
        GitChange.Write("cases/A.md", "A"),
        GitChange.Write("cases/a.md", "a"),
        GitChange.Write("out/x", "x"),
        GitChange.Write("odd/per%20cent #1?.md", "per cent"),
        GitChange.Write("odd/ümläut & 'quote' + [b].md", "umlaut"),
        GitChange.Write("odd/日本/本.md", "japan"),
        GitChange.Write("odd/🙂.md", "smile"),
        GitChange.Write("left/.github/x", "x"),
        GitChange.Write("left/.gitignore", "x"),
        GitChange.Write("left/node_modules/y", "y"),
        GitChange.Write("left/x.pyc", "x"),
        GitChange.Write("left/z", "z"),
        GitChange.Write("names/con/CON", "x"),
        GitChange.Write("names/colon/a:b", "x"),
        GitChange.Write("names/blank/a ", "x"),
        GitChange.Write("names/control/a\tb", "x"),
        GitChange.Write("names/back/a\\b", "x"),
        GitChange.Write("deep/1/2/3/4/5/6/7/8/" + new string('n', 200), "deep"),
    ];

    [Theory]
    [InlineData(false, GitMood.None, false)]
    [InlineData(false, GitMood.Refuse401, false)]
    [InlineData(false, GitMood.ErrLine, false)]
    [InlineData(true, GitMood.None, true)]
    public async Task GitHub_answers_the_same_by_whatever_way(bool token, GitMood mood, bool isGitClosed)
    {
        await using var scene = await ContentScene.StartAsync(token, new LoopbackGitHubOptions { GitMood = mood });
        var commit = scene.Git.Commit("1", _everything);
        if (isGitClosed) scene.Server.Faults = request => request.Kind == RequestKind.UploadPack ? Fault.Failing(500) : null;

        Assert.Equal(await ByProgramAsync(scene, commit), Tell(scene, await scene.FetchAsync(scene.OnGitHub, commit, _paths)));
    }

    [Fact]
    public async Task GitHub_answers_a_token_the_same()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", _everything);

        Assert.Equal(await ByProgramAsync(scene, commit), Tell(scene, await scene.FetchAsync(scene.OnGitHub, commit, _paths)));
    }

    [Fact]
    public async Task An_archive_that_nothing_can_be_compared_with_gives_the_same()
    {
        await using var scene = await ContentScene.StartAsync(token: false);
        // Files that attributes change are refused there, and submodules are not visible in it.
        var commit = scene.Git.Commit("1", [.. _everything.Skip(1).Except(_links)]);
        var expected = await ByProgramAsync(scene, commit);
        scene.Server.Faults = request => request.Kind == RequestKind.UploadPack || request.Path.Contains("/git/trees/", StringComparison.Ordinal) ? Fault.Failing(403) : null;

        Assert.Equal(expected.Where(line => !line.EndsWith(" left out.", StringComparison.Ordinal)), Tell(scene, await scene.FetchAsync(scene.OnGitHub, commit, _paths)));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_plain_git_host_answers_the_same(bool version2, bool filter)
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", _everything);
        var expected = await ByProgramAsync(scene, commit);
        scene.Git.AllowFilter(filter);
        await using var host = await GitHttpBackend.StartAsync(Path.GetDirectoryName(scene.Git.GitDirectory)!, version2);

        Assert.Equal(expected, Tell(scene, await scene.FetchAsync(RepositoryAddress.OnGitHost(host.UriOf(Path.GetFileName(scene.Git.GitDirectory))), commit, _paths)));
    }

    private static async Task<List<string>> ByProgramAsync(ContentScene scene, string commit)
    {
        var repository = RepositoryAddress.OnGitHost(new Uri(scene.Git.GitDirectory));
        return Tell(scene, await scene.FetchByGitAsync(new ContentQuestion(repository, commit, _paths)));
    }

    private static List<string> Tell(ContentScene scene, IReadOnlyList<FetchedPath> fetched) =>
    [
        .. fetched.SelectMany(path => path switch
        {
            { Error: { } error } => [$"{path.Path}: {error.ErrorId} {error.Message}"],
            { Entry: null } => [$"{path.Path}: nothing", .. Warnings(path)],
            _ => scene.Read(path).Select(line => $"{path.Path}: {line}").Append(string.Create(CultureInfo.InvariantCulture, $"{path.Path}: {path.Entry.Size} {path.Entry.Id}")).Concat(Warnings(path)),
        }),
    ];

    private static IEnumerable<string> Warnings(FetchedPath path) => path.Warnings.Select(warning => $"{path.Path}: {warning.Split(" of ")[0]} {warning.Split(" is ")[^1]}");
}

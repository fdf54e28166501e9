using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Upstream.Git;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>A repository with every kind of <c>.gitattributes</c>: files that are fetched in any way are the committed ones.</summary>
public sealed class AttributeTests
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

    private static readonly GitChange[] _everything =
    [
        GitChange.Write(
            ".gitattributes",
            "* text=auto eol=crlf\n.gitattributes export-ignore\na/hidden export-ignore\na/stamp.txt export-subst\na/ident.txt ident\na/wide.txt working-tree-encoding=UTF-16LE\na/model.bin filter=lfs diff=lfs merge=lfs -text\n"),
        GitChange.Write("a/.gitattributes", "*.sh export-ignore\n"),
        GitChange.Write("a/SKILL.md", "line\nline\n"),
        GitChange.Write("a/crlf.txt", "x\r\ny\r\n"),
        GitChange.Write("a/hidden/x", "hidden"),
        GitChange.Write("a/ident.txt", "$Id$\n"),
        GitChange.Symlink("a/link", "SKILL.md"),
        GitChange.Write("a/model.bin", Pointer),
        GitChange.Write("a/run.sh", "#!/bin/sh\n", executable: true),
        GitChange.Write("a/stamp.txt", "$Format:%H$\n"),
        GitChange.Write("a/wide.txt", "wide ü\n"),
    ];

    private static readonly string[] _stored =
    [
        "a/.gitattributes File *.sh export-ignore\n",
        "a/SKILL.md File line\nline\n",
        "a/crlf.txt File x\r\ny\r\n",
        "a/hidden/x File hidden",
        "a/ident.txt File $Id$\n",
        "a/link File line\nline\n",
        $"a/model.bin File {Pointer}",
        "a/run.sh Executable #!/bin/sh\n",
        "a/stamp.txt File $Format:%H$\n",
        "a/wide.txt File wide ü\n",
    ];

    [Theory]
    [InlineData(true, GitMood.None)]
    [InlineData(false, GitMood.None)]
    [InlineData(false, GitMood.Refuse401)]
    [InlineData(false, GitMood.ErrLine)]
    [InlineData(false, GitMood.TooManyRequestsInWords)]
    public async Task GitHub_gives_what_was_committed_in_every_mood(bool token, GitMood mood)
    {
        await using var scene = await ContentScene.StartAsync(token, new LoopbackGitHubOptions { GitMood = mood });
        var commit = scene.Git.Commit("1", _everything);

        AssertStored(scene, (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0]);
        // One for each file that the archive changed or left out, and its redirect; no retries beyond those of a fault that may pass.
        Assert.InRange(scene.Server.Log.Records.Count, 1, 22);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_plain_git_host_gives_what_was_committed(bool version2, bool filter)
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", _everything);
        scene.Git.AllowFilter(filter);
        await using var host = await GitHttpBackend.StartAsync(Path.GetDirectoryName(scene.Git.GitDirectory)!, version2);

        AssertStored(scene, (await scene.FetchAsync(RepositoryAddress.OnGitHost(host.UriOf(Path.GetFileName(scene.Git.GitDirectory))), commit, "a"))[0]);
        Assert.Contains(host.Requests, request => request.StartsWith("POST ", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Reports, line => line.Contains("history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_program_git_gives_what_was_committed()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", _everything);

        AssertStored(scene, await scene.FetchByGitAsync(commit, "a"));
    }

    [Fact]
    public async Task A_file_that_an_archive_may_have_changed_is_not_taken_without_its_committed_id()
    {
        await using var scene = await ContentScene.StartAsync();
        using var changed = new AnsweringHandler(Tarball.Make(Tarball.File("a/SKILL.md", "a"), Tarball.File(".gitattributes", "# x\n* export-subst\n")));
        using var elsewhere = new AnsweringHandler(Tarball.Make(Tarball.File("a/SKILL.md", "a"), Tarball.File("b/.gitattributes", "* export-subst\n"), Tarball.File(".gitattributes", "# text\n* -text diff=x\n")));
        var question = new ContentQuestion(scene.OnGitHub, new string('a', 40), ["a"]);

        var refused = Assert.Single(await scene.FetchAsync([question], changed));
        Assert.Equal(ErrorIds.UpstreamRateLimited, refused.Error!.ErrorId);
        Assert.Empty(scene.StoredFiles);
        Assert.Equal(["a/SKILL.md File a"], scene.Read(Assert.Single(await scene.FetchAsync([question], elsewhere)).Paths[0]));
    }

    [Fact]
    public async Task An_archive_that_hides_attributes_below_a_path_is_not_taken_without_the_trees()
    {
        await using var scene = await ContentScene.StartAsync(token: false);
        var commit = scene.Git.Commit(
            "1",
            GitChange.Write("a/SKILL.md", "a"),
            GitChange.Write("a/in/deep/x.md", "$Format:%H$"),
            GitChange.Write("a/in/.gitattributes", ".gitattributes export-ignore\n*.md export-subst\n"));
        scene.Server.Faults = request => request.Kind == RequestKind.UploadPack || request.Path.Contains("/git/trees/", StringComparison.Ordinal) ? Fault.Failing(403) : null;

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])]));

        Assert.NotNull(answer.Error);
    }

    [Fact]
    public async Task An_archive_that_hides_its_attributes_is_not_taken_without_the_trees()
    {
        await using var scene = await ContentScene.StartAsync(token: false);
        var commit = scene.Git.Commit("1", GitChange.Write(".gitattributes", ".gitattributes export-ignore\na/SKILL.md export-subst\n"), GitChange.Write("a/SKILL.md", "$Format:%H$"));
        scene.Server.Faults = request => request.Kind == RequestKind.UploadPack || request.Path.Contains("/git/trees/", StringComparison.Ordinal) ? Fault.Failing(403) : null;

        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, commit, ["a"])]));

        Assert.NotNull(answer.Error);
        Assert.Empty(scene.StoredFiles);
    }

    [Fact]
    public async Task A_repository_with_too_many_files_for_one_list_is_listed_folder_by_folder()
    {
        await using var scene = await ContentScene.StartAsync(token: false, new LoopbackGitHubOptions { GitMood = GitMood.Refuse401, MaxTreeEntries = 20 });
        var commit = scene.Git.Commit(
            "1",
            [
                .. Enumerable.Range(0, 30).Select(i => GitChange.Write($"many/f{i}", "x")),
                GitChange.Write(".gitattributes", "skills/in/a/stamp.txt export-subst\n"),
                GitChange.Write("skills/in/a/SKILL.md", "a"),
                GitChange.Write("skills/in/a/b/c", "c"),
                GitChange.Write("skills/in/a/stamp.txt", "$Format:%H$"),
            ]);

        var fetched = await scene.FetchAsync(scene.OnGitHub, commit, "skills/in/a", "skills/none");

        Assert.Equal(["a/SKILL.md File a", "a/b/c File c", "a/stamp.txt File $Format:%H$"], scene.Read(fetched[0]));
        Assert.Null(fetched[1].Entry);
    }

    private static void AssertStored(ContentScene scene, FetchedPath fetched)
    {
        Assert.Equal(_stored, scene.Read(fetched));
        Assert.Contains("'a/model.bin'", Assert.Single(fetched.Warnings), StringComparison.Ordinal);
    }
}

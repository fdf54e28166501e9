using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>One command leaves one pack, however many repositories it fetches from.</summary>
public sealed class OnePackTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repositories_of_all_kinds_are_stored_in_one_pack_and_fail_one_by_one(bool token)
    {
        await using var scene = await ContentScene.StartAsync(token);
        var commit = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "first"));
        var second = GitRepositoryBuilder.Create();
        var other = second.Commit("1", GitChange.Write("skills/a/SKILL.md", "second"));
        scene.Server.AddRepository("octo/more", second);
        Directory.CreateDirectory(Path.Combine(scene.Folder, "skills", "a"));
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "skills", "a", "SKILL.md"), "third", TestContext.Current.CancellationToken);
        var more = RepositoryAddress.OnGitHub(new Uri(scene.Server.ServerUrl), "octo", "more");

        var answers = await scene.FetchAsync([
            new ContentQuestion(scene.OnGitHub, commit, ["skills/a"]),
            new ContentQuestion(more, other, ["skills/a"]),
            new ContentQuestion(more, new string('d', 40), ["skills/a"]),
            new ContentQuestion(RepositoryAddress.OnGitHost(new Uri($"{scene.Server.ServerUrl}/octo/more.git")), other, ["skills/a"]),
            new ContentQuestion(scene.InFolder, "", ["skills/a"]),
        ]);

        Assert.Equal([null, null, ErrorIds.UpstreamNotFound, null, null], answers.Select(answer => answer.Error?.ErrorId));
        Assert.Equal(["first", "second", "second", "third"], answers.Where(answer => answer.Error is null).Select(answer => scene.Read(Assert.Single(answer.Paths))[0].Split(' ')[^1]));
        Assert.Single(scene.StoredFiles);
    }

    [Fact]
    public async Task Two_commits_of_one_repository_are_stored_in_one_pack()
    {
        await using var scene = await ContentScene.StartAsync();
        var before = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "before"));
        var after = scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", "after"));

        var answers = await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, before, ["skills/a"]), new ContentQuestion(scene.OnGitHub, after, ["skills/a"])]);

        Assert.Equal(["a/SKILL.md File before", "a/SKILL.md File after"], answers.SelectMany(answer => scene.Read(Assert.Single(answer.Paths))));
        Assert.Single(scene.StoredFiles);
    }
}

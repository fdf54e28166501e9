using System.Text.Json;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>A repository, or a path in one, stands for the artifacts that come from it.</summary>
public sealed class SourceOptionTests
{
    [Theory]
    [InlineData("octo/skills", "command:clean", "skill:a", "skill:b")]
    [InlineData("Octo/Skills", "command:clean", "skill:a", "skill:b")]
    [InlineData("octo/skills/skills", "skill:a", "skill:b")]
    [InlineData("octo/skills/skills/a", "skill:a")]
    [InlineData("octo/skills@v1", "skill:b")]
    [InlineData("octo/*", "command:clean", "skill:a", "skill:b")]
    [InlineData("octo/skills/commands/*", "command:clean")]
    public async Task Those_of_a_repository_are_listed(string source, params string[] expected)
    {
        await using var scene = await FillAsync();

        var run = (await RunAsync(scene, "list", "--source", source, "--format", "json")).Succeeds();

        Assert.Equal(expected, run.Json.EnumerateArray().Select(e => e.GetProperty("artifact_id").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Those_of_a_folder_are_listed()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        scene.Home.Write("other/skills/c/SKILL.md", "---\nname: c\ndescription: C\n---\n");
        (await scene.RunAsync("add", scene.Upstream(""), "--all")).Succeeds();
        (await scene.RunAsync("add", Path.Combine(scene.Home.Place, "other/skills/c"))).Succeeds();

        Assert.Equal(["skill:a", "skill:b"], Ids(await scene.RunAsync("list", "--source", scene.Upstream(""), "--format", "json")));
        Assert.Equal(["skill:c"], Ids(await scene.RunAsync("list", "--source", Path.Combine(scene.Home.Place, "other"), "--format", "json")));
        // An artifact of a home that was made elsewhere has a path that is relative to the collection.
        using var relative = TestHome.WithSkills(2);
        Assert.Equal(["skill:a2"], Ids(await relative.RunAsync("list", "--source", Path.Combine(relative.Place, "upstream/skills/a2"), "--format", "json")));
    }

    [Fact]
    public async Task Those_of_a_repository_are_updated()
    {
        await using var scene = await FillAsync();
        scene.Git.Commit("3", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a", "2")), GitChange.Write("commands/clean.md", "More."));

        var some = (await RunAsync(scene, "update", "octo/skills/skills", "--format", "json")).Succeeds();
        var with = (await RunAsync(scene, "update", "octo/skills/skills", "clean", "--dry-run", "--format", "json")).Succeeds();

        Assert.Equal([("skill:a", "updated"), ("skill:b", "unchanged")], Statuses(some));
        Assert.Equal(["command:clean", "skill:a", "skill:b"], Ids(with));
    }

    [Fact]
    public async Task One_from_which_nothing_comes_is_an_error_with_the_right_name()
    {
        await using var scene = await FillAsync();

        foreach (var command in new[] { "list --source", "update" })
        {
            var run = (await RunAsync(scene, [.. command.Split(' '), "octo/skils", "--format", "json"])).Succeeds(1);

            Assert.Contains("has no artifact from", run.Error, StringComparison.Ordinal);
            Assert.Contains("Did you mean 'octo/skills'?", run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Json.EnumerateArray());
        }
    }

    private static async Task<UpdateScene> FillAsync()
    {
        var scene = await UpdateScene.StartAsync();
        var first = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a")), GitChange.Write("skills/b/SKILL.md", UpdateScene.Skill("b")), GitChange.Write("commands/clean.md", "Clean."));
        scene.Git.Tag("v1", first);
        await scene.AddAsync($"{UpdateScene.Repo}/skills/a", $"{UpdateScene.Repo}/skills/b@v1", $"{UpdateScene.Repo}/commands/clean.md");
        return scene;
    }

    private static Task<SkmRun> RunAsync(UpdateScene scene, params string[] arguments) => SkmRun.StartAsync([.. arguments, "--home", scene.Home], new SkmSurroundings
    {
        Environment = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN", "PATH" }.ToDictionary(name => name, scene.Environment),
    });

    private static IEnumerable<string?> Ids(SkmRun run) => run.Succeeds().Json.EnumerateArray().Select(e => Text(e, "artifact_id")).Order(StringComparer.Ordinal);

    private static IEnumerable<(string?, string?)> Statuses(SkmRun run) => run.Json.EnumerateArray().Select(e => (Text(e, "artifact_id"), Text(e, "status"))).Order();

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();
}

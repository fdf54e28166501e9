using System.Text.Json;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm add</c>, as scripts see it.</summary>
public sealed class AddCommandTests
{
    private static readonly string[] _keys = ["spec", "artifact_id", "collection", "status", "path", "resolved_sha", "resolved_version", "warnings", "reason", "code"];

    [Fact]
    public async Task Artifacts_are_added_and_told_with_the_contracts_keys()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithCommand("c", "text\n");

        var run = (await scene.RunAsync("add", "auto", scene.Upstream("skills/a"), scene.Upstream("commands/c.md"), "--format", "json")).Succeeds();

        Assert.Empty(run.Error);
        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal(_keys, e.EnumerateObject().Select(p => p.Name)));
        Assert.Equal([("skill:a", "added", "skills/a"), ("command:c", "added", "commands/c.md")], run.Json.EnumerateArray().Select(e => (Text(e, "artifact_id"), Text(e, "status"), Text(e, "path"))));
        Assert.Equal("text\n", await File.ReadAllTextAsync(scene.Local("commands/c.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task When_one_can_not_be_added_none_is()
    {
        using var scene = new ArtifactScene().WithSkill("a");
        var before = scene.Home.Tree("objects");

        var run = (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), scene.Upstream("skills/nothing"), "--format", "json")).Succeeds(1);

        Assert.Equal([("skipped", null), ("error", "UpstreamNotFound")], run.Json.EnumerateArray().Select(e => (Text(e, "status"), Text(e, "code"))));
        Assert.Equal(before, scene.Home.Tree("objects"));
        Assert.Contains("Nothing was added.", (await scene.RunAsync("add", "skill", scene.Upstream("skills/nothing"))).Succeeds(1).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("con")]
    [InlineData("dot.")]
    [InlineData("space ")]
    [InlineData("a:b")]
    public async Task A_name_that_not_every_system_can_hold_is_refused(string name)
    {
        using var scene = new ArtifactScene().WithSkill("a");

        var run = (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), "--name", name, "--format", "json")).Succeeds(1);

        Assert.Equal("ArtifactInvalid", Text(run.Json[0], "code"));
        Assert.Contains("Windows", Text(run.Json[0], "reason"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.Local($"skills/{name}")));
        (await scene.RunAsync("collection", "create", name)).Fails("Windows", "InvalidArgument");
    }

    [Theory]
    [InlineData("Foo")]
    [InlineData("e\u0301t\u00e9")]
    public async Task A_name_beside_one_that_is_the_same_elsewhere_is_refused(string name)
    {
        using var scene = new ArtifactScene().WithSkill("a");
        (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), "--name", name)).Succeeds();
        scene.Home.Write(scene.Local("skills/U\u0308ber/x"), "not listed");

        foreach (var other in new[] { "foo", "\u00e9te\u0301", "\u00fcber" }.Where(other => name == "Foo" ? other[0] == 'f' : other[0] != 'f'))
        {
            var run = (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), "--name", other, "--format", "json")).Succeeds(1);

            Assert.Equal("InvalidArgument", Text(run.Json[0], "code"));
            Assert.False(Directory.Exists(scene.Local($"skills/{other}")) && OperatingSystem.IsLinux());
        }
    }

    [Theory]
    [InlineData("docs/aux.md", "docs/aux.md")]
    [InlineData("a:b.txt", "a:b.txt")]
    [InlineData("skill.md", "same name as")]
    [InlineData("con/x", "'con'")]
    public async Task A_file_that_not_every_system_can_hold_keeps_its_artifact_out(string file, string told)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "This system can't hold such a file, so no upstream folder has it.");
        using var scene = new ArtifactScene().WithSkill("a");
        scene.Home.WriteUpstream($"skills/a/{file}", "x");

        var run = (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), "--format", "json")).Succeeds(1);

        Assert.Equal("ArtifactInvalid", Text(run.Json[0], "code"));
        Assert.Contains(told, Text(run.Json[0], "reason"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.Local("skills/a")));
    }

    [Fact]
    public async Task A_name_a_type_and_a_collection_are_taken()
    {
        using var scene = new ArtifactScene().WithSkill("a");
        (await scene.RunAsync("collection", "create", "work")).Succeeds();

        var run = (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), "--name", "other", "--collection", "work")).Succeeds();

        Assert.Contains("1 added to collection 'work'.", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(scene.Local("skills/other/SKILL.md", "work")));
    }

    [Fact]
    public async Task Options_that_do_not_fit_together_are_refused()
    {
        using var scene = new ArtifactScene().WithSkill("a");

        (await scene.RunAsync("add", "skill", "x/y/a", "x/y/b", "--name", "n")).Fails("--name applies to one artifact", "InvalidArgument");
        (await scene.RunAsync("add", "thing", scene.Upstream("skills/a"))).Fails("'thing' is not an artifact type", "InvalidArgument");
        (await scene.RunAsync("add", "skill")).Fails("InvalidArgument");
        (await scene.RunAsync("add", "skill", scene.Upstream("skills/a"), "--collection", "none")).Fails("CollectionNotFound");
    }

    [Fact]
    public async Task From_GitHub_the_commit_and_the_tag_are_told_and_updated()
    {
        await using var scene = await UpdateScene.StartAsync();
        var first = scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a")));
        scene.Git.Tag("v1.0.0", first);
        var around = new SkmSurroundings
        {
            Environment = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN", "PATH" }.ToDictionary(name => name, scene.Environment),
        };

        var added = (await SkmRun.StartAsync(["add", "skill", $"{UpdateScene.Repo}/skills/a@v1.0.0", "--format", "json", "--home", scene.Home], around)).Succeeds().Json[0];

        Assert.Equal((first, "v1.0.0"), (Text(added, "resolved_sha"), Text(added, "resolved_version")));
        var second = scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a", "more")));

        var updated = (await SkmRun.StartAsync(["update", "a", "--version", "latest", "--format", "json", "--home", scene.Home], around)).Succeeds().Json[0];

        Assert.Equal(("updated", "updated", first, second), (Text(updated, "status"), Text(updated, "change_type"), Text(updated, "old_sha"), Text(updated, "new_sha")));
        Assert.Equal(UpdateScene.Skill("a", "more"), scene.Read("skills/a/SKILL.md"));
    }

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();
}

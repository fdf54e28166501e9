using System.Text.Json;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm stale</c> and <c>skm deployments</c>, as scripts see them.</summary>
public sealed class StaleCommandTests
{
    private static readonly string[] _staleKeys = ["artifact_id", "project", "deployed_version", "collection_version", "upstream_version", "difference", "commits_behind", "checked_at"];

    [Fact]
    public async Task Stale_artifacts_have_the_contracts_keys_and_exit_codes()
    {
        using var home = TestHome.Sample();
        var app = await DeployAsync(home);
        Assert.Equal("[]", (await home.RunAsync("stale", "--format", "json")).Succeeds().Output.Trim());
        Assert.Contains("Nothing is stale.", (await home.RunAsync("stale")).Succeeds().Output, StringComparison.Ordinal);

        (await home.RunAsync("collection", "refresh", "--check-only")).Succeeds(2);
        var stale = (await home.RunAsync("stale", "--format", "json")).Succeeds(2);

        Assert.Equal(_staleKeys, stale.Json[0].EnumerateObject().Select(p => p.Name).Take(_staleKeys.Length));
        var notes = stale.Json.EnumerateArray().Single(one => Text(one, "artifact_id") == "skill:meeting-notes");
        Assert.Equal(app, Text(notes, "project"));
        Assert.NotNull(Text(notes, "checked_at"));
        Assert.Equal("[]", (await home.RunAsync("stale", "--type", "hook", "--format", "json")).Succeeds().Output.Trim());
        Assert.Equal(["skill:meeting-notes"], (await home.RunAsync("stale", "--project", "app", "--format", "json")).Succeeds(2).Json.EnumerateArray().Select(one => Text(one, "artifact_id")));
        Assert.Contains("meeting-notes", (await home.RunAsync("stale", "--sort", "version-difference")).Succeeds(2).Output, StringComparison.Ordinal);
        (await home.RunAsync("stale", "--sort", "nmae")).Fails("Did you mean 'name'?", "InvalidArgument");
        (await home.RunAsync("stale", "--project", "nowhere")).Fails("knows no project 'nowhere'", "ProjectNotFound");

        (await home.RunAsync("update", "meeting-notes")).Succeeds();
        (await home.RunAsync("deploy", "meeting-notes", "--project", app)).Succeeds();
        Assert.DoesNotContain("meeting-notes", (await home.RunAsync("stale", "--format", "json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_checks_first()
    {
        using var home = TestHome.Sample();
        await DeployAsync(home);

        var stale = (await home.RunAsync("stale", "--refresh", "--format", "json")).Succeeds(2);

        Assert.Contains("skill:meeting-notes", stale.Json.EnumerateArray().Select(one => Text(one, "artifact_id")));
    }

    [Fact]
    public async Task Commits_behind_are_known_after_any_check_refresh_or_update()
    {
        await using var scene = await UpdateScene.StartAsync(hasToken: false);
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a")), GitChange.Write("skills/b/SKILL.md", UpdateScene.Skill("b")), GitChange.Write("skills/c/SKILL.md", UpdateScene.Skill("c")));
        await scene.AddAsync($"{UpdateScene.Repo}/skills/a", $"{UpdateScene.Repo}/skills/b", $"{UpdateScene.Repo}/skills/c");
        Task<SkmRun> RunAsync(params string[] arguments) => SkmRun.StartAsync([.. arguments, "--home", scene.Home], new SkmSurroundings
        {
            Environment = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "PATH" }.ToDictionary(name => name, scene.Environment),
        });
        async Task<IEnumerable<string>> StaleAsync(int exitCode = 2) => (await RunAsync("stale", "--format", "json")).Succeeds(exitCode).Json.EnumerateArray()
            .Select(one => $"{Text(one, "artifact_id")} {Text(one, "upstream_version")} {Text(one, "difference")} {one.GetProperty("commits_behind")}");
        Assert.Empty(await StaleAsync(0));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a", "new\n")));
        scene.Git.Commit("3", GitChange.Write("skills/b/SKILL.md", "---\nname: b\ndescription: About b\nversion: 1.2.0\n---\n"));

        (await RunAsync("collection", "refresh", "--check-only")).Succeeds(2);
        Assert.Equal(["skill:a  commits 2", "skill:b 1.2.0 commits 2"], await StaleAsync());
        Assert.Contains("2 commits", (await RunAsync("stale")).Succeeds(2).Output, StringComparison.Ordinal);

        scene.Git.Commit("4", GitChange.Write("skills/c/SKILL.md", UpdateScene.Skill("c", "new\n")));
        (await RunAsync("collection", "refresh", "--name", "c")).Succeeds();
        Assert.Equal(["skill:a  commits 2", "skill:b 1.2.0 commits 2", "skill:c  commits 3"], await StaleAsync());

        (await RunAsync("update", "a", "--dry-run")).Succeeds();
        Assert.Equal(["skill:a  commits 3", "skill:b 1.2.0 commits 2", "skill:c  commits 3"], await StaleAsync());
        (await RunAsync("update", "a", "c")).Succeeds();
        Assert.Equal(["skill:b 1.2.0 commits 2"], await StaleAsync());
    }

    [Fact]
    public async Task Deployments_have_the_contracts_keys_and_filters()
    {
        using var home = TestHome.Sample();
        var app = await DeployAsync(home);

        var all = (await home.RunAsync("deployments", "--format", "json")).Succeeds();

        Assert.Equal(["artifact_id", "project", "profile", "state", "deployed_at", "version"], all.Json[0].EnumerateObject().Select(p => p.Name).Take(6));
        Assert.Equal(["command:changelog in_sync", "skill:meeting-notes in_sync"], all.Json.EnumerateArray().Select(one => $"{Text(one, "artifact_id")} {Text(one, "state")}").Order(StringComparer.Ordinal));
        Assert.All(all.Json.EnumerateArray(), one => Assert.Equal(app, Text(one, "project")));
        await File.AppendAllTextAsync(Path.Combine(app, ".claude", "commands", "changelog.md"), "mine\n", TestContext.Current.CancellationToken);
        Assert.Equal(["command:changelog"], (await home.RunAsync("deployments", "--state", "modified,outdated", "--format", "json")).Succeeds().Json.EnumerateArray().Select(one => Text(one, "artifact_id")));
        Assert.Equal(["skill:meeting-notes"], (await home.RunAsync("deployments", "MEETING", "--format", "json")).Succeeds().Json.EnumerateArray().Select(one => Text(one, "artifact_id")));
        Assert.Contains("1 in sync, 1 modified.", (await home.RunAsync("deployments")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("deployments", "--state", "in-snyc")).Fails("Did you mean 'in-sync'?", "InvalidArgument");
        Directory.Delete(app, recursive: true);
        Assert.Contains("2 missing.", (await home.RunAsync("deployments")).Succeeds().Output, StringComparison.Ordinal);
    }

    private static async Task<string> DeployAsync(TestHome home)
    {
        var app = Directory.CreateDirectory(Path.Combine(home.Place, "src", "app")).FullName;
        (await home.RunAsync("project", "register", app)).Succeeds();
        (await home.RunAsync("deploy", "meeting-notes", "changelog", "--project", app)).Succeeds();
        return app;
    }

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();
}

using System.Text.Json;
using SkillMeat.Tests.Support;
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

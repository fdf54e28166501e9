using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm adopt</c>, as scripts and people see it.</summary>
public sealed class AdoptCommandTests
{
    private static readonly string[] _keys =
        ["artifact_id", "path", "origin", "upstream", "version", "status", "reason", "project", "profile", "collection", "found_in", "code", "dry_run"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_outcome_has_the_contracts_keys_and_exit_codes()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        home.Write("app/.claude/commands/mine.md", "---\nversion: 2.1\n---\nMine\n");

        var planned = (await home.RunAsync("adopt", "--project", app, "--dry-run", "--format", "json")).Succeeds();
        var adopted = (await home.RunAsync("adopt", "--project", app, "--format", "json")).Succeeds();

        Assert.All(new[] { planned, adopted }, run => Assert.Equal(_keys, run.Json[0].EnumerateObject().Select(property => property.Name)));
        Assert.Equal(["command:mine", "local", "2.1", "adopted"], new[] { "artifact_id", "origin", "version", "status" }.Select(key => Text(planned.Json[0], key)));
        Assert.Equal(planned.Output.Replace("\"dry_run\": true", "\"dry_run\": false", StringComparison.Ordinal), adopted.Output);
        Assert.Equal("[]", (await home.RunAsync("adopt", "--project", app, "--format", "json")).Succeeds().Output.Trim());
        Assert.Contains("There is nothing to adopt.", (await home.RunAsync("adopt", "--project", app)).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("drift", "--project", app)).Succeeds();

        home.Write("app/.claude/commands/changelog.md", "Mine\n");
        Assert.Equal("conflict", Text((await home.RunAsync("adopt", "--project", app, "--format", "json")).Succeeds(3).Json[0], "status"));
        home.Write("app/.claude/skills/broken/SKILL.md", "---\nname: broken\n---\n");
        home.Write("app/.claude/skills/broken/aux.md", "A name that Windows does not allow.\n");
        Assert.Equal(["error", "conflict"], (await home.RunAsync("adopt", "--project", app, "--format", "json")).Succeeds(1).Json.EnumerateArray().Select(one => Text(one, "status")));
    }

    [Fact]
    public async Task Wrong_requests_are_errors_that_change_nothing()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        home.Write("app/.claude/commands/mine.md", "Mine\n");
        var before = await File.ReadAllTextAsync(home.Manifest, Cancellation);

        (await home.RunAsync("adopt")).Fails("Name a project", "InvalidArgument");
        (await home.RunAsync("adopt", "min", "--project", app)).Fails("'min'", "ArtifactNotFound");
        (await home.RunAsync("adopt", "--project", app, "--profile", "claud")).Fails("Did you mean 'claude'?", "InvalidArgument");
        (await home.RunAsync("adopt", "--project", app, "--collection", "gone")).Fails("CollectionNotFound");
        (await home.RunAsync("adopt", "--project", Path.Combine(home.Place, "gone"))).Fails("There is no folder", "ProjectNotFound");

        Assert.Equal(before, await File.ReadAllTextAsync(home.Manifest, Cancellation));
        Assert.Equal(["mine.md"], Directory.GetFiles(app, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_person_is_shown_the_plan_and_asked()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        home.Write("app/.claude/commands/mine.md", "Mine\n");

        var declined = await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "n\n" }, "adopt", "--project", app);
        Assert.Equal(1, declined.ExitCode);
        Assert.Contains("command:mine at '", declined.Error, StringComparison.Ordinal);
        Assert.Contains("Adopt 1 artifact?", declined.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(app, ".claude", ".skillmeat-deployed.toml")));
        (await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "y\n" }, "adopt", "--project", app)).Succeeds();
        Assert.Equal("Mine\n", await File.ReadAllTextAsync(home.At("collections", "default", "commands", "mine.md"), Cancellation));
    }

    private static string Project(TestHome home) => Directory.CreateDirectory(Path.Combine(home.Place, "app")).FullName;

    private static string? Text(JsonElement json, string key) => json.GetProperty(key).GetString();
}

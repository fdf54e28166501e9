using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm project install|export</c>, and <c>skm deploy</c> without names, as scripts and people see them.</summary>
public sealed class ProjectFileCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_and_an_installation_are_told_with_their_keys()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        (await home.RunAsync("deploy", "pdf-tools", "--project", app)).Succeeds();

        var dry = (await home.RunAsync("project", "export", app, "--dry-run", "--format", "json")).Succeeds();
        Assert.False(File.Exists(Path.Combine(app, "skillmeat.toml")));
        var export = (await home.RunAsync("project", "export", app, "--format", "json")).Succeeds();
        var install = (await home.RunAsync("project", "install", app, "--format", "json")).Succeeds();

        Assert.Equal(["project", "path", "changed", "artifacts", "added", "updated", "removed", "warnings", "dry_run"], export.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("""["skill:pdf-tools"]""", true, true), (Compact(export.Json, "added"), dry.Json.GetProperty("dry_run").GetBoolean(), export.Json.GetProperty("changed").GetBoolean()));
        Assert.Contains("skill:pdf-tools comes from a folder of this machine", Assert.Single(export.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["artifact_id", "project", "profile", "path", "status", "reason", "added", "commands", "dry_run"], install.Json[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(("skill:pdf-tools", "unchanged", "claude_code"), (Text(install.Json[0], "artifact_id"), Text(install.Json[0], "status"), Text(install.Json[0], "profile")));
        var again = (await home.RunAsync("project", "export", app)).Succeeds();
        Assert.Contains("is up to date: 1 artifact.", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installation_without_the_file_or_with_a_conflict_is_not_a_success()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        (await home.RunAsync("project", "install", app)).Fails("has no skillmeat.toml", "InvalidArgument");
        await File.WriteAllTextAsync(Path.Combine(app, "skillmeat.toml"), "[[artifacts]]\nid = \"skill:pdf-tools\"\n", Cancellation);
        (await home.RunAsync("project", "install", app)).Succeeds();
        await File.AppendAllTextAsync(Path.Combine(app, ".claude/skills/pdf-tools/SKILL.md"), "mine\n", Cancellation);

        var conflict = (await home.RunAsync("project", "install", app)).Succeeds(3);

        Assert.Contains("It was edited in the project", conflict.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(app, "skillmeat.toml"), "[[artifacts]]\nid = \"skill:gone\"\n", Cancellation);
        Assert.Equal("error", Text((await home.RunAsync("project", "install", app, "--format", "json")).Succeeds(1).Json[0], "status"));
    }

    [Fact]
    public async Task A_deployment_without_names_is_that_of_the_file()
    {
        using var home = TestHome.Sample();
        var app = Project(home);
        (await home.RunAsync("deploy", "--project", app)).Fails("has no skillmeat.toml", "InvalidArgument");
        await File.WriteAllTextAsync(Path.Combine(app, "skillmeat.toml"), "[[artifacts]]\nid = \"skill:pdf-tools\"\nprofiles = [\"codex\"]\n[[artifacts]]\nid = \"skill:gone\"\nsource = \"octo/skills/skills/gone\"\n", Cancellation);

        Assert.Equal(["deployed", "skipped"], (await home.RunAsync("deploy", "--project", app, "--dry-run", "--format", "json")).Succeeds().Json.EnumerateArray().Select(one => Text(one, "status")));
        Assert.False(Directory.Exists(Path.Combine(app, ".agents")));
        Assert.Equal(["deployed", "skipped"], (await home.RunAsync("deploy", "--project", app, "--format", "json")).Succeeds().Json.EnumerateArray().Select(one => Text(one, "status")));
        Assert.True(Directory.Exists(Path.Combine(app, ".agents/skills/pdf-tools")));
        Assert.Equal(4, (await home.RunAsync("deploy", "--all", "--project", app, "--format", "json")).Succeeds().Json.GetArrayLength());
        (await home.RunAsync("deploy", "--project", app, "--profile", "codex")).Fails("Give the NAME", "InvalidArgument");
        (await home.RunAsync("deploy", "--user")).Fails("Give the NAME", "InvalidArgument");
        (await home.RunAsync("undeploy", "--project", app)).Fails("Give the NAME", "InvalidArgument");
        Assert.Equal(4, (await home.RunAsync("sync", "--project", app, "--format", "json")).Succeeds().Json.EnumerateArray().Select(one => Text(one, "artifact_id")).Distinct().Count());
    }

    [Fact]
    public async Task A_deployment_to_several_projects_reads_all_files_before_it_changes_one()
    {
        using var home = TestHome.Sample();
        var (app, other) = (Project(home), Directory.CreateDirectory(Path.Combine(home.Place, "other")).FullName);
        await File.WriteAllTextAsync(Path.Combine(app, "skillmeat.toml"), "[[artifacts]]\nid = \"skill:pdf-tools\"\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(other, "skillmeat.toml"), "not [ toml", Cancellation);

        (await home.RunAsync("deploy", "--project", app, "--project", other)).Fails("skillmeat.toml", "InvalidToml");

        Assert.False(Directory.Exists(Path.Combine(app, ".claude")));
    }

    [Fact]
    public async Task Changes_of_one_project_are_told_if_another_cannot_be_changed()
    {
        using var home = TestHome.Sample();
        var (app, other) = (Project(home), Directory.CreateDirectory(Path.Combine(home.Place, "other")).FullName);
        foreach (var project in new[] { app, other }) await File.WriteAllTextAsync(Path.Combine(project, "skillmeat.toml"), "[[artifacts]]\nid = \"skill:pdf-tools\"\n", Cancellation);
        Directory.CreateDirectory(Path.Combine(other, ".claude"));
        await File.WriteAllTextAsync(Path.Combine(other, ".claude", ".skillmeat-deployed.toml"), "not [ toml", Cancellation);

        var run = await home.RunAsync("deploy", "--project", app, "--project", other);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("skill:pdf-tools", run.Output, StringComparison.Ordinal);
        Assert.Contains(".skillmeat-deployed.toml", run.Error, StringComparison.Ordinal);
    }

    private static string Project(TestHome home) => Directory.CreateDirectory(Path.Combine(home.Place, "app")).FullName;

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();

    private static string Compact(JsonElement element, string key) => JsonSerializer.Serialize(element.GetProperty(key));
}

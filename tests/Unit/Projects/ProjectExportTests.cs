using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>An export keeps what it does not know better than the file: entries of other machines, and versions that were deployed earlier.</summary>
public sealed class ProjectExportTests
{
    private const string Written = """
        # Ours. Do not lose.
        [[artifacts]]
        id = "skill:notes"
        profiles = [
            "claude-code", # everybody
            "codex",       # two of us
        ]
        mode = "link"

        [[artifacts]] # for the build machine
        id = "skill:elsewhere"
        source = "octo/skills/skills/elsewhere"
        why = "because"

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_checkout_keeps_every_byte_of_the_file()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(scene.InProject("skillmeat.toml"), Written, Cancellation);

        var export = await ExportAsync(scene);

        Assert.Equal((false, 0), (export.IsChanged, export.Removed.Count));
        Assert.Equal(Written, await File.ReadAllTextAsync(scene.InProject("skillmeat.toml"), Cancellation));
        Assert.Equal("Not deployed here, and kept in skillmeat.toml: skill:notes, skill:elsewhere. Prune the file to remove them.", Assert.Single(export.Warnings));
    }

    [Fact]
    public async Task Deployed_artifacts_are_added_and_take_no_profile_or_entry_away_unless_the_file_is_pruned()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(scene.InProject("skillmeat.toml"), Written, Cancellation);
        await scene.DeployAsync(scene.Request("notes", "review"));

        var export = await ExportAsync(scene);

        Assert.Equal(["command:review"], export.Added);
        Assert.Empty(export.Changed);
        Assert.StartsWith(Written, await File.ReadAllTextAsync(scene.InProject("skillmeat.toml"), Cancellation), StringComparison.Ordinal);

        var pruned = await ExportAsync(scene, prune: true);

        Assert.Equal(["skill:elsewhere"], pruned.Removed);
        Assert.Equal(["skill:notes"], pruned.Changed);
        Assert.DoesNotContain("codex", await File.ReadAllTextAsync(scene.InProject("skillmeat.toml"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_for_an_unknown_agent_keeps_its_entry_in_a_pruned_file()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace("\"claude_code\"", "\"agent_of_tomorrow\"", StringComparison.Ordinal), Cancellation);
        await File.WriteAllTextAsync(scene.InProject("skillmeat.toml"), "[[artifacts]]\nid = \"skill:notes\" # tomorrow\n", Cancellation);

        Assert.False((await ExportAsync(scene, prune: true)).IsChanged);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_record_is_an_error_and_no_removal(bool prune)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "review"));
        await ExportAsync(scene);
        var before = await File.ReadAllTextAsync(scene.InProject("skillmeat.toml"), Cancellation);
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace("\"skills/notes\"", "\"../../notes\"", StringComparison.Ordinal), Cancellation);

        await Assert.ThrowsAsync<DataFileException>(() => ExportAsync(scene, prune));

        Assert.Equal(before, await File.ReadAllTextAsync(scene.InProject("skillmeat.toml"), Cancellation));
    }

    [Fact]
    public async Task A_version_that_the_project_does_not_have_is_not_written()
    {
        await using var scene = await UpdateScene.StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a")), GitChange.Write("skills/b/SKILL.md", UpdateScene.Skill("b")));
        await scene.AddAsync("octo/skills/skills/a", "octo/skills/skills/b");
        var project = Directory.CreateDirectory(Path.Combine(scene.Place, "project")).FullName;
        await new ArtifactDeployer(scene.Open(), scene.Environment).DeployAsync(new DeployRequest { Artifacts = ["a", "b"], Projects = [project] }, Cancellation);
        await File.AppendAllTextAsync(Path.Combine(project, ".claude/skills/b/SKILL.md"), "mine\n", Cancellation);
        var exporter = new ProjectExporter(scene.Open(), scene.Environment);
        Assert.Equal(["skill:b was edited in the project, and another machine gets it without the edit."], (await exporter.ExportAsync(project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation)).Warnings);
        var file = Path.Combine(project, "skillmeat.toml");
        var before = await File.ReadAllTextAsync(file, Cancellation);
        Assert.Contains("commit", before, StringComparison.Ordinal);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a", "newer\n")));
        Assert.Contains((await scene.UpdateAsync()).Entries, entry => entry.ArtifactId == "skill:a" && entry.Status == SkillMeat.Updates.UpdateStatus.Updated);

        var export = await new ProjectExporter(scene.Open(), scene.Environment).ExportAsync(project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);

        Assert.Contains(export.Warnings, warning => warning.StartsWith("The collection has another content of skill:a", StringComparison.Ordinal));
        Assert.Equal(before, await File.ReadAllTextAsync(file, Cancellation));
        File.Delete(file);
        await new ProjectExporter(scene.Open(), scene.Environment).ExportAsync(project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);
        Assert.Single((await File.ReadAllTextAsync(file, Cancellation)).Split('\n'), line => line.StartsWith("commit", StringComparison.Ordinal));
    }

    private static Task<ProjectExport> ExportAsync(ProjectScene scene, bool prune = false) =>
        new ProjectExporter(scene.Store, scene.Environment) { Prune = prune }.ExportAsync(scene.Project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);
}

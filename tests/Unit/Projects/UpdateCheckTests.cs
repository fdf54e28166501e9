using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Updating;
using SkillMeat.Refresh;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>The update check with projects: what an update would meet in the collection and in copies.</summary>
public sealed class UpdateCheckTests
{
    private const string File1 = "skills/notes/SKILL.md";
    private const string File2 = "skills/notes/templates/a.md";

    public enum Edit
    {
        None,
        Elsewhere,
        SameLine,
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<bool, Edit, Edit> Edits
    {
        get
        {
            var data = new TheoryData<bool, Edit, Edit>();
            foreach (var isChanged in new[] { false, true })
            {
                foreach (var collection in Enum.GetValues<Edit>())
                {
                    foreach (var project in Enum.GetValues<Edit>()) data.Add(isChanged, collection, project);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Upstream_collection_and_project_count_together(bool isChanged, Edit collection, Edit project)
    {
        using var scene = await DeployedAsync();
        if (isChanged) Replace(Upstream(scene, File1), "Second line", "theirs");
        if (collection == Edit.Elsewhere) Replace(scene.InCollection(File2), "template", "ours");
        if (collection == Edit.SameLine) Replace(scene.InCollection(File1), "Second line", "ours");
        if (project == Edit.Elsewhere) Replace(scene.InProject($".claude/{File1}"), "Takes notes", "mine");
        if (project == Edit.SameLine) Replace(scene.InProject($".claude/{File1}"), "Second line", "mine");
        var before = ProjectScene.TreeOf(scene.Place);

        var check = Assert.Single((await CheckAsync(scene, "notes")).Checks);

        var expected = !isChanged ? UpdateRisk.NoUpdate
            : collection == Edit.SameLine || project == Edit.SameLine ? UpdateRisk.Conflict
            : collection == Edit.Elsewhere || project == Edit.Elsewhere ? UpdateRisk.ReviewRequired
            : UpdateRisk.SafeUpdate;
        Assert.Equal(expected, check.Drift);
        var copy = Assert.Single(check.Copies!);
        Assert.Equal((scene.Project, "claude_code", scene.InProject(".claude/skills/notes")), (copy.Project, copy.Profile, copy.Path));
        if (project == Edit.None && collection != Edit.SameLine) Assert.Equal(isChanged ? UpdateRisk.SafeUpdate : UpdateRisk.NoUpdate, copy.Drift);
        if (isChanged && project == Edit.SameLine) Assert.Contains("SKILL.md: Both sides changed the text", copy.Reason, StringComparison.Ordinal);
        if (isChanged && collection == Edit.SameLine) Assert.Contains("SKILL.md: Both sides changed the text", check.Reason, StringComparison.Ordinal);
        Assert.Equal(before, ProjectScene.TreeOf(scene.Place));
    }

    [Fact]
    public async Task The_worst_of_several_copies_counts()
    {
        using var scene = await DeployedAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        await scene.DeployAsync(scene.Request("skill:notes") with { Projects = [other], Profiles = ["claude", "codex"], IncludeUser = true });
        Replace(Upstream(scene, File1), "Second line", "theirs");
        Replace(Path.Combine(other, ".agents", File1), "Second line", "mine");
        Replace(Path.Combine(other, ".claude", File1), "Takes notes", "mine");

        var check = Assert.Single((await CheckAsync(scene, "notes", scene.Project, other)).Checks);

        Assert.Equal(UpdateRisk.Conflict, check.Drift);
        Assert.Equal(
            ["other claude_code ReviewRequired", "other codex Conflict", "project claude_code SafeUpdate"],
            check.Copies!.Select(copy => $"{Path.GetFileName(copy.Project)} {copy.Profile} {copy.Drift}").Order(StringComparer.Ordinal));
        Assert.Equal(UpdateRisk.SafeUpdate, Assert.Single((await CheckAsync(scene, "notes")).Checks).Drift);
        var request = new ProjectCheckRequest(Refresh("notes")) { Projects = [other], Profiles = ["claude"], IncludeUser = true };
        Assert.Equal(["other ReviewRequired", "user SafeUpdate"], Assert.Single((await CheckAsync(scene, request)).Checks).Copies!.Select(copy => $"{Path.GetFileName(copy.Project)} {copy.Drift}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_copy_that_has_the_change_already_is_safe_and_one_that_is_gone_is_not()
    {
        using var scene = await DeployedAsync();
        Replace(Upstream(scene, File1), "Second line", "theirs");
        Replace(scene.InProject($".claude/{File1}"), "Second line", "theirs");
        Replace(Upstream(scene, "commands/review.md"), "Review it", "theirs");
        File.Delete(scene.InProject(".claude/commands/review.md"));

        var checks = (await CheckAsync(scene, "*")).Checks.ToDictionary(check => check.ArtifactId);

        Assert.Equal((UpdateRisk.SafeUpdate, "It has upstream's change already."), (checks["skill:notes"].Drift, checks["skill:notes"].Copies![0].Reason));
        Assert.Equal((UpdateRisk.ReviewRequired, "Its files are gone in the project."), (checks["command:review"].Drift, checks["command:review"].Copies![0].Reason));
        Assert.Equal(UpdateRisk.NoUpdate, checks["agent:helper-bot"].Drift);
    }

    [Fact]
    public async Task A_link_and_an_artifact_that_is_not_deployed_count_as_the_collection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links to files need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("skill:notes") with { Mode = DeployMode.Link });
        Replace(Upstream(scene, File1), "Second line", "theirs");
        Replace(Upstream(scene, "commands/review.md"), "Review it", "theirs");
        Replace(scene.InProject($".claude/{File2}"), "template", "mine");

        var checks = (await CheckAsync(scene, "*")).Checks.ToDictionary(check => check.ArtifactId);

        Assert.Equal(UpdateRisk.ReviewRequired, checks["skill:notes"].Drift);
        Assert.Equal(UpdateRisk.SafeUpdate, checks["skill:notes"].Copies![0].Drift);
        Assert.Equal((UpdateRisk.SafeUpdate, 0), (checks["command:review"].Drift, checks["command:review"].Copies!.Count));
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("nowhere")]
    public async Task A_link_that_somebody_else_made_is_to_be_reviewed(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await DeployedAsync();
        Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere"));
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes"), Path.Combine(scene.Place, target));
        Replace(Upstream(scene, File1), "Second line", "theirs");

        Assert.Equal(UpdateRisk.ReviewRequired, Assert.Single((await CheckAsync(scene, "notes")).Checks).Drift);
    }

    [Fact]
    public async Task A_link_that_was_added_to_a_copy_is_an_edit()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await DeployedAsync();
        Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere"));
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes/mine"), Path.Combine(scene.Place, "elsewhere"));
        Replace(Upstream(scene, File1), "Second line", "theirs");

        Assert.Equal(UpdateRisk.ReviewRequired, Assert.Single((await CheckAsync(scene, "notes")).Checks).Drift);
    }

    [Fact]
    public async Task A_copy_that_another_home_deployed_is_to_be_reviewed()
    {
        using var scene = await DeployedAsync();
        Replace(scene.InProject($".claude/{File1}"), "Takes notes", "of another home");
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        var now = SkillMeat.Storage.Files.ContentHash.Of(scene.InProject(".claude/skills/notes"));
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace(scene.Store.Read().Find("notes").ContentHash!, now, StringComparison.Ordinal), Cancellation);
        Replace(Upstream(scene, File1), "Second line", "theirs");

        Assert.Equal(UpdateRisk.ReviewRequired, Assert.Single((await CheckAsync(scene, "notes")).Checks).Drift);
    }

    [Fact]
    public async Task A_base_that_is_not_known_is_no_conflict_but_to_be_reviewed()
    {
        using var scene = await DeployedAsync();
        Replace(scene.InProject($".claude/{File1}"), "Second line", "of another home");
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace(scene.Store.Read().Find("notes").ContentHash!, new string('0', 64), StringComparison.Ordinal), Cancellation);
        Directory.Delete(Path.Combine(scene.Store.Home, "deployments"), recursive: true);
        Replace(Upstream(scene, File1), "Second line", "theirs");

        Assert.Equal(UpdateRisk.ReviewRequired, Assert.Single((await CheckAsync(scene, "notes")).Checks).Drift);
    }

    [Fact]
    public async Task A_project_that_cannot_be_found_is_an_error()
    {
        using var scene = await DeployedAsync();

        Assert.Equal(ErrorIds.ProjectNotFound, (await Assert.ThrowsAsync<SkillMeatException>(() => CheckAsync(scene, "notes", Path.Combine(scene.Place, "none")))).ErrorId);
    }

    private static async Task<ProjectScene> DeployedAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        return scene;
    }

    private static string Upstream(ProjectScene scene, string path) => Path.Combine(scene.Place, "upstream", path);

    private static RefreshRequest Refresh(string name) => new() { Filter = ArtifactFilter.Parse([], [name]) };

    private static Task<UpdateCheckResult> CheckAsync(ProjectScene scene, string name, params string[] projects) =>
        CheckAsync(scene, new ProjectCheckRequest(Refresh(name)) { Projects = projects.Length == 0 ? [scene.Project] : projects });

    private static async Task<UpdateCheckResult> CheckAsync(ProjectScene scene, ProjectCheckRequest request)
    {
        using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = scene.Environment });
        return await new ProjectUpdateChecker(scene.Store, session, scene.Environment).CheckAsync(request, cancellationToken: Cancellation);
    }

    private static void Replace(string path, string old, string @new)
    {
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }
}

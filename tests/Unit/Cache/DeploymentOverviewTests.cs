using SkillMeat.Cache;
using SkillMeat.Cache.Deployments;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Tests.Projects;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>The overview of deployments says what the drift of each project says, at once.</summary>
public sealed class DeploymentOverviewTests
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_is_deployed_is_listed_with_its_state()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        using var cache = Open(scene);

        var found = Find(scene, cache);

        Assert.Equal(ProjectScene.Ids.Order(StringComparer.Ordinal), found.Select(one => one.ArtifactId).Order(StringComparer.Ordinal));
        Assert.All(found, one => Assert.Equal((scene.Project, "claude_code", DeploymentState.InSync, "default"), (one.Project, one.Profile, one.State, one.Collection)));
        Assert.All(found, one => Assert.NotNull(one.DeployedAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_copy_shows_at_once(bool keepsTime)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        Settle();
        using var cache = Open(scene);
        Assert.All(Find(scene, cache), one => Assert.Equal(DeploymentState.InSync, one.State));
        Assert.All(Find(scene, cache), one => Assert.Equal(DeploymentState.InSync, one.State));

        var file = scene.InProject(".claude/skills/notes/templates/a.md");
        var time = File.GetLastWriteTimeUtc(file);
        // Of the same length.
        File.WriteAllText(file, "tEmplate\n");
        if (keepsTime) File.SetLastWriteTimeUtc(file, time);

        Assert.Equal(DeploymentState.Modified, Find(scene, cache).Single(one => one.Name == "notes").State);
    }

    [Fact]
    public async Task A_changed_collection_shows_at_once()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        Settle();
        using var cache = Open(scene);
        Find(scene, cache);

        File.AppendAllText(scene.InCollection("commands/review.md"), "More\n");
        Assert.Equal("review Outdated", Changed(scene, cache));
        File.Delete(scene.InCollection("commands/review.md"));
        Assert.Equal("review Orphaned", Changed(scene, cache));
        File.WriteAllText(scene.InCollection("skills/notes/new.md"), "new\n");
        Assert.Equal("notes Outdated, review Orphaned", Changed(scene, cache));
    }

    [Fact]
    public async Task A_change_of_another_artifact_is_no_reason_to_look_at_a_project()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("skill:notes"));
        Settle();
        using var cache = Open(scene);
        Find(scene, cache);

        Edit(scene, text => text + "\n[[artifacts]]\nname = \"another\"\ntype = \"skill\"\npath = \"skills/another\"\norigin = \"local\"\nadded = \"2026-11-01T09:00:00\"\n");
        // The collection is read again, and the project is not. After that, neither is.
        Assert.Equal((1, 1), Count(scene, cache));
        Assert.Equal((2, 0), Count(scene, cache));
        Edit(scene, text => text.Replace("path = \"skills/notes\"", "path = \"skills/elsewhere\"", StringComparison.Ordinal));
        Assert.Equal((0, 2), Count(scene, cache));
        Assert.Equal("notes Orphaned", Changed(scene, cache));
    }

    [Fact]
    public async Task An_artifact_that_comes_back_to_the_collection_shows_at_once()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        Settle();
        var before = await File.ReadAllTextAsync(scene.InCollection("collection.toml"), Cancellation);
        using var cache = Open(scene);
        Edit(scene, text => text.Replace("name = \"notes\"", "name = \"other\"", StringComparison.Ordinal));
        Assert.Contains("notes Orphaned", Changed(scene, cache), StringComparison.Ordinal);
        Assert.Contains("notes Orphaned", Changed(scene, cache), StringComparison.Ordinal);

        Edit(scene, _ => before);
        Assert.Equal("", Changed(scene, cache));
    }

    [Fact]
    public async Task Changed_records_and_settings_show_at_once()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Activate = true });
        Settle();
        using var cache = Open(scene);
        Assert.Equal("", Changed(scene, cache));
        Assert.Equal("", Changed(scene, cache));

        File.WriteAllText(scene.InProject(".claude/settings.json"), "{}");
        Assert.Equal("guard Modified", Changed(scene, cache));
        File.Delete(scene.InProject(".mcp.json"));
        Assert.Equal("files Modified, guard Modified", Changed(scene, cache));
        File.Delete(scene.InProject(".claude/.skillmeat-deployed.toml"));
        Assert.Empty(Find(scene, cache));
    }

    [Fact]
    public async Task A_missing_project_keeps_its_deployments()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], LockTimeout, cancellationToken: Cancellation);
        using (var cache = Open(scene)) Find(scene, cache);

        Directory.Move(scene.Project, scene.Project + "-elsewhere");
        using (var cache = Open(scene))
        {
            Assert.Equal(5, Find(scene, cache).Count(one => one.State == DeploymentState.Missing));
            Assert.Equal(5, Find(scene, cache).Count(one => one.State == DeploymentState.Missing));
        }

        Directory.Move(scene.Project + "-elsewhere", scene.Project);
        using (var cache = Open(scene)) Assert.All(Find(scene, cache), one => Assert.Equal(DeploymentState.InSync, one.State));
    }

    [Fact]
    public async Task A_missing_project_of_which_nothing_is_known_is_a_problem()
    {
        using var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], LockTimeout, cancellationToken: Cancellation);
        Directory.Delete(scene.Project);
        using var cache = Open(scene);

        var report = new DeploymentOverview(cache, scene.Environment).Find(new DeploymentQuery(), Cancellation);

        Assert.Contains("is missing", Assert.Single(report.Problems).Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_select_deployments()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Profiles = ["claude_code", "codex"] });
        await scene.DeployAsync(scene.Request("skill:notes") with { Projects = [], IncludeUser = true });
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], LockTimeout, "app", Cancellation);
        using var cache = Open(scene);

        string Of(DeploymentQuery query) => string.Join(
            ' ', new DeploymentOverview(cache, scene.Environment).Find(query, Cancellation).Deployments.Select(one => $"{one.Name}/{one.Profile}{(one.IsUserScope ? "/user" : "")}").Order(StringComparer.Ordinal));

        Assert.Equal("notes/claude_code notes/claude_code/user notes/codex", Of(new DeploymentQuery { Types = ["skill"] }));
        Assert.Equal("notes/claude_code/user", Of(new DeploymentQuery { Projects = [NamePattern.Simple(scene.User)] }));
        Assert.Equal("notes/claude_code notes/codex", Of(new DeploymentQuery { Projects = [NamePattern.Simple("app")], Names = [NamePattern.Simple("NOT*")] }));
        Assert.Equal("notes/codex", Of(new DeploymentQuery { Profiles = ["codex"], Names = [NamePattern.Simple("skill:notes")] }));
        Assert.Equal("review/claude_code", Of(new DeploymentQuery { Search = "REVIEW" }));
        Assert.Equal("", Of(new DeploymentQuery { States = [DeploymentState.Missing] }));
        Assert.Equal(ErrorIds.ProjectNotFound, Assert.Throws<SkillMeatException>(() => Of(new DeploymentQuery { Projects = [NamePattern.Simple("nothing")] })).ErrorId);
        Directory.CreateDirectory(scene.InProject(".claude/skills/loose"));
        File.WriteAllText(scene.InProject(".claude/skills/loose/SKILL.md"), "loose\n");
        Assert.DoesNotContain("loose", Of(new DeploymentQuery()), StringComparison.Ordinal);
        Assert.Equal("loose/claude_code", Of(new DeploymentQuery { States = [DeploymentState.Added] }));
    }

    private static HomeCache Open(ProjectScene scene) => HomeCache.Open(CollectionStore.Open(scene.Store.Home), new HomeCacheOptions { Environment = scene.Environment, Report = line => Assert.Fail(line) });

    private static ItemList<DeploymentStatus> Find(ProjectScene scene, HomeCache cache)
    {
        var report = new DeploymentOverview(cache, scene.Environment).Find(new DeploymentQuery(), Cancellation);
        Assert.Empty(report.Problems);
        return report.Deployments;
    }

    private static string Changed(ProjectScene scene, HomeCache cache)
    {
        var found = Find(scene, cache);
        Assert.Equal(
            scene.Drift().OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"),
            found.Select(one => $"{one.ArtifactId} {one.Profile} {one.State}").Order(StringComparer.Ordinal));
        return string.Join(", ", found.Where(one => one.State != DeploymentState.InSync).Select(one => $"{one.Name} {one.State}").Order(StringComparer.Ordinal));
    }

    private static (long Hits, long Misses) Count(ProjectScene scene, HomeCache cache)
    {
        var before = cache.Usage.Read();
        Find(scene, cache);
        var after = cache.Usage.Read();
        return (after.Hits - before.Hits, after.Misses - before.Misses);
    }

    private static void Edit(ProjectScene scene, Func<string, string> edit)
    {
        var manifest = scene.InCollection("collection.toml");
        File.WriteAllText(manifest, edit(File.ReadAllText(manifest)));
        Settle();
    }

    // Until then, the files can change without a trace, so that they are read each time.
    private static void Settle() => Thread.Sleep(60);
}

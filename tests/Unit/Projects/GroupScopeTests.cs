using System.Text.RegularExpressions;
using SkillMeat.Cache;
using SkillMeat.Cache.Deployments;
using SkillMeat.Errors;
using SkillMeat.Projects.Comparing;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Projects.Syncing;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Comparisons, syncs, lists and removals that are restricted to the members of a group.</summary>
public sealed class GroupScopeTests
{
    private static readonly string[] _daily = ["app command:review", "app skill:notes"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_deployments_of_members_from_the_collection_of_the_group_are_meant()
    {
        using var scene = await StartAsync();
        File.WriteAllText(scene.InProject(".claude/commands/mine.md"), "Mine\n");

        Assert.Equal(["app agent:helper-bot", "app command:mine", .. _daily, "other skill:notes"], Drift(scene, group: null));
        Assert.Equal(_daily, Drift(scene, "daily"));
        Assert.Equal(_daily, Sync(scene, "daily"));
        Assert.Equal(_daily, Deployments(scene, "daily"));
        Assert.Equal(["other skill:notes"], Drift(scene, "Both", "work"));
        Assert.Equal(["other skill:notes"], Sync(scene, "Both", "work"));
        Assert.Equal(["other skill:notes"], Deployments(scene, "Both", "work"));
        Assert.Equal(["other skill:notes"], Drift(scene, group: null, "work"));
        Assert.Equal(["other skill:notes"], Deployments(scene, group: null, "work"));
        Assert.Empty(Drift(scene, "Empty"));
        Assert.Empty(Sync(scene, "Empty"));
        Assert.Empty(Deployments(scene, "Empty"));
    }

    [Fact]
    public async Task An_unknown_group_is_an_error_that_names_the_nearest()
    {
        using var scene = await StartAsync();
        foreach (var attempt in (Action[])[() => Drift(scene, "Dayly"), () => Sync(scene, "Dayly"), () => Deployments(scene, "Dayly"), () => ForGroup(scene, "Dayly", scene.Project), () => ForGroup(scene, "Dayly", null)])
        {
            var error = Assert.Throws<SkillMeatException>(attempt);
            Assert.Equal((ErrorIds.EntryNotFound, "Daily"), (error.ErrorId, error.Nearest));
        }

        var refused = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Deployer.UndeployAsync(Removal(scene, "Dayly"), Cancellation));
        Assert.Equal("Daily", refused.Nearest);
        Assert.Equal(ErrorIds.CollectionNotFound, Assert.Throws<SkillMeatException>(() => Drift(scene, "Daily", "gone")).ErrorId);
        Assert.Equal(ErrorIds.EntryNotFound, Assert.Throws<SkillMeatException>(() => Drift(scene, "Daily", "work")).ErrorId);
    }

    [Fact]
    public async Task A_member_that_the_collection_lost_is_still_meant()
    {
        using var scene = await StartAsync();
        var manifest = Path.Combine(scene.CollectionFolder, "collection.toml");
        var text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, Regex.Replace(text, """\[\[artifacts\]\]\nname = "notes"[\s\S]*?(?=\n\[\[)""", ""));
        Assert.Equal("skill:notes", Assert.Single(scene.Store.Read().FindGroup("Daily").MissingMembers));

        Assert.Equal(_daily, Drift(scene, "Daily"));
        Assert.Equal(_daily, Deployments(scene, "Daily"));
        await scene.Deployer.UndeployAsync(Removal(scene, "Daily"), Cancellation);
        Assert.Equal(["app agent:helper-bot", "other skill:notes"], Drift(scene, group: null));
    }

    [Fact]
    public async Task A_removal_takes_the_members_that_are_deployed_from_the_collection_of_the_group()
    {
        using var scene = await StartAsync();
        await scene.RunAsync("group", "add", "Daily", "mcp:files");
        await scene.RunAsync("copy", "review", "--to", "work");
        await scene.Deployer.DeployAsync(new DeployRequest { Artifacts = ["review"], Collection = "work", Projects = [Other(scene)] }, Cancellation);

        var removed = await scene.Deployer.UndeployAsync(Removal(scene, "Daily") with { Projects = [scene.Project, Other(scene)] }, Cancellation);

        Assert.Equal(["command:review", "skill:notes"], removed.Select(one => one.ArtifactId).Order(StringComparer.Ordinal));
        Assert.Equal(["app agent:helper-bot", "other command:review", "other skill:notes"], Drift(scene, group: null));
        Assert.Empty(await scene.Deployer.UndeployAsync(Removal(scene, "Daily"), Cancellation));
        Assert.Empty(await scene.Deployer.UndeployAsync(Removal(scene, "Empty"), Cancellation));
    }

    [Fact]
    public async Task Each_member_is_compared_in_a_project_those_that_are_deployed_there()
    {
        using var scene = await StartAsync();
        await scene.RunAsync("group", "add", "Daily", "mcp:files");
        Assert.Equal(["skill:notes", "command:review", "mcp:files"], ForGroup(scene, "Daily", project: null));
        Assert.Equal(["command:review", "skill:notes"], ForGroup(scene, "Daily", scene.Project).Order(StringComparer.Ordinal));
        Assert.Equal(["skill:notes"], ForGroup(scene, "Daily", scene.Project, "skill"));
        // The copy there is of another collection.
        Assert.Equal(ErrorIds.ArtifactNotFound, Assert.Throws<SkillMeatException>(() => ForGroup(scene, "Daily", Other(scene))).ErrorId);
        Assert.Equal(ErrorIds.ArtifactNotFound, Assert.Throws<SkillMeatException>(() => ForGroup(scene, "Empty", null)).ErrorId);

        File.AppendAllText(scene.InProject(".claude/skills/notes/SKILL.md"), "mine\n");
        var comparer = new ArtifactComparer(scene.Store, scene.Environment);
        var requests = comparer.ForGroup("Daily", new CompareRequest { Artifact = "", Project = scene.Project, From = CompareSide.Collection, To = CompareSide.Project });
        var changed = new List<string>();
        foreach (var request in requests) changed.AddRange((await comparer.CompareAsync(request, cancellationToken: Cancellation)).Files.Select(file => $"{request.Artifact} {file.Path}"));
        Assert.Equal(["skill:notes SKILL.md"], changed);
    }

    [Fact]
    public async Task A_sync_of_a_group_changes_nothing_else()
    {
        using var scene = await StartAsync();
        File.AppendAllText(scene.InProject(".claude/skills/notes/SKILL.md"), "mine\n");
        File.AppendAllText(scene.InProject(".claude/agents/helper-bot.md"), "mine\n");
        var helper = File.ReadAllText(scene.InCollection("agents/helper-bot.md"));

        var result = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Group = "Daily", Direction = SyncDirection.Push }, Cancellation);

        Assert.Equal("skill:notes", Assert.Single(result.Entries, entry => entry.Status == SyncStatus.Pushed).ArtifactId);
        Assert.EndsWith("mine\n", File.ReadAllText(scene.InCollection("skills/notes/SKILL.md")), StringComparison.Ordinal);
        Assert.Equal(helper, File.ReadAllText(scene.InCollection("agents/helper-bot.md")));
    }

    private static string Other(ProjectScene scene) => Path.Combine(scene.Place, "other");

    private static DeployRequest Removal(ProjectScene scene, string group) => new() { Group = group, Projects = [scene.Project] };

    private static IEnumerable<string> Drift(ProjectScene scene, string? group, string? collection = null) =>
        new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { AllProjects = true, IncludeInSync = true, Group = group, Collection = collection }, Cancellation)
            .Artifacts.Select(one => Text(one.Project, one.ArtifactId)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sync(ProjectScene scene, string group, string? collection = null) =>
        new ProjectSyncer(scene.Store, scene.Environment).Plan(new SyncRequest { Projects = [scene.Project, Other(scene)], Group = group, Collection = collection }, Cancellation)
            .Entries.Select(one => Text(one.Project, one.ArtifactId)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Deployments(ProjectScene scene, string? group, string? collection = null)
    {
        using var cache = HomeCache.Open(scene.Store, new HomeCacheOptions { Environment = scene.Environment });
        return [.. new DeploymentOverview(cache, scene.Environment).Find(new DeploymentQuery { Group = group, Collection = collection, States = Enum.GetValues<DeploymentState>() }, Cancellation)
            .Deployments.Select(one => Text(one.Project, one.ArtifactId)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> ForGroup(ProjectScene scene, string group, string? project, string? type = null)
    {
        var sides = project is null ? (CompareSide.Base, CompareSide.Collection) : (CompareSide.Collection, CompareSide.Project);
        return [.. new ArtifactComparer(scene.Store, scene.Environment).ForGroup(group, new CompareRequest { Artifact = "", Type = type, Project = project, From = sides.Item1, To = sides.Item2 }).Select(one => one.Artifact)];
    }

    private static string Text(string project, string artifact) => $"{(Path.GetFileName(project) == "project" ? "app" : Path.GetFileName(project))} {artifact}";

    // Two collections with the same skill, and a project for each.
    private static async Task<ProjectScene> StartAsync()
    {
        var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(Other(scene));
        string[][] commands =
        [
            ["collection", "create", "work"], ["collection", "use", "default"], ["copy", "notes", "--to", "work"],
            ["group", "create", "Daily", "--member", "notes", "--member", "review"], ["group", "create", "Empty"], ["group", "create", "Both", "--member", "notes", "--collection", "work"],
            ["deploy", "notes", "review", "helper-bot", "--project", scene.Project], ["deploy", "notes", "--collection", "work", "--project", Other(scene)],
        ];
        foreach (var command in commands)
        {
            var run = await scene.RunAsync(command);
            if (run.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {run.Error}");
        }

        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project, Other(scene)], TimeSpan.FromSeconds(10), cancellationToken: Cancellation);
        return scene;
    }
}

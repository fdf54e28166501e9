using SkillMeat.Cache;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Deployments;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Tests.Projects;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>After any change of projects and collections, the overview says the same as their drift.</summary>
public sealed class DeploymentPropertyTests
{
    private static readonly DeploymentState[] _all = Enum.GetValues<DeploymentState>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_overview_is_the_drift_of_all_projects(int seed)
    {
        using var scene = await StartAsync();
        var random = new Random(seed);
        using var cache = Open(scene);
        for (var round = 0; round < 40; round++)
        {
            var edit = await TryEditAsync(scene, random, round);
            Assert.Equal(Drift(scene), Overview(scene, cache));
            // Now and then, all stamps are old enough to be relied on.
            if (random.Next(3) > 0) continue;
            Thread.Sleep(40);
            Assert.True(Drift(scene) == Overview(scene, cache), $"seed {seed}, round {round}: {edit}");
        }
    }

    [Fact]
    public async Task Noise_in_any_page_changes_no_answer()
    {
        using var scene = await StartAsync();
        File.AppendAllText(scene.InCollection("commands/review.md"), "More\n");
        Thread.Sleep(60);
        using (var cache = Open(scene)) Overview(scene, cache);
        using (var cache = Open(scene)) Overview(scene, cache);
        var file = Path.Combine(scene.Store.Home, "cache", "skillmeat-engine.db");
        var sound = File.ReadAllBytes(file);
        var expected = Drift(scene);
        var noise = new byte[4096];
        for (var page = 0; page < sound.Length / noise.Length; page++)
        {
            new Random(page).NextBytes(noise);
            var damaged = sound.ToArray();
            noise.CopyTo(damaged, page * noise.Length);
            foreach (var old in Directory.GetFiles(Path.GetDirectoryName(file)!, "skillmeat-engine.db*")) File.Delete(old);
            File.WriteAllBytes(file, damaged);
            using var cache = Open(scene, _ => { });
            Assert.Equal(expected, Overview(scene, cache));
            Assert.Equal("command:review", string.Join(' ', new SkillMeat.Cache.Stale.StaleArtifacts(cache, scene.Environment).Find(new SkillMeat.Cache.Stale.StaleQuery(), Cancellation).Artifacts.Select(one => one.ArtifactId).Distinct()));
        }
    }

    [Fact]
    public async Task A_second_look_reads_the_database_only()
    {
        using var scene = await StartAsync();
        using var cache = Open(scene);
        Thread.Sleep(60);
        Overview(scene, cache);
        var before = cache.Database.Run(connection => connection.Number("SELECT total_changes()"), TestContext.Current.CancellationToken);

        Overview(scene, cache);

        Assert.Equal(before, cache.Database.Run(connection => connection.Number("SELECT total_changes()"), TestContext.Current.CancellationToken));
        // Nothing was left to be looked at again.
        Assert.Empty(cache.Database.Run(connection => connection.Query("SELECT folder FROM site WHERE length(stamps) = 0", row => row.GetString(0)), TestContext.Current.CancellationToken));
    }

    private static async Task<ProjectScene> StartAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Profiles = ["claude_code", "codex"], Activate = true });
        Directory.CreateDirectory(scene.Project + "-two");
        await scene.DeployAsync(scene.Request() with { Projects = [scene.Project + "-two"] });
        await scene.DeployAsync(scene.Request("skill:notes", "command:review") with { Projects = [], IncludeUser = true });
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project, scene.Project + "-two"], TimeSpan.FromSeconds(10), cancellationToken: Cancellation);
        return scene;
    }

    private static async Task<string> TryEditAsync(ProjectScene scene, Random random, int round)
    {
        try
        {
            return await EditAsync(scene, random, round);
        }
        catch (SkillMeatException e)
        {
            // Such as an artifact that is gone from the collection.
            return e.Message;
        }
    }

    private static async Task<string> EditAsync(ProjectScene scene, Random random, int round)
    {
        string Any(string folder) =>
            Directory.GetFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } files ? files[random.Next(files.Count)] : "";
        var project = random.Next(2) == 0 ? scene.Project : scene.Project + "-two";
        var place = random.Next(4) switch { 0 => scene.CollectionFolder, 1 => scene.User, _ => project };
        var file = Any(place);
        var kind = random.Next(9);
        switch (kind)
        {
            // The manifest and the lock file are edited by commands.
            case 0 or 1 when file.Length > 0 && Path.GetFileName(file) is not ("collection.toml" or "collection.lock"):
                File.AppendAllText(file, kind == 0 ? $"\n# {round}\n" : " ");
                break;
            case 2 when file.Length > 0 && Path.GetFileName(file) is not ("collection.toml" or "collection.lock"):
                File.Delete(file);
                break;
            case 3:
                Directory.CreateDirectory(Path.Combine(project, ".claude", "skills", $"own{round % 3}"));
                File.WriteAllText(Path.Combine(project, ".claude", "skills", $"own{round % 3}", "SKILL.md"), $"{round}\n");
                break;
            case 4:
                await scene.DeployAsync(scene.Request("skill:notes") with { Projects = [project], Force = true, Mode = random.Next(2) == 0 ? DeployMode.Link : DeployMode.Copy });
                break;
            case 5:
                await scene.Deployer.UndeployAsync(scene.Request("command:review") with { Projects = [project], Force = true });
                break;
            case 6:
                await scene.DeployAsync(scene.Request() with { Projects = [project], Force = true });
                break;
            case 7:
                File.CreateSymbolicLink(Path.Combine(project, $"link{round}"), scene.Store.Home);
                Directory.CreateDirectory(Path.Combine(project, ".claude", "commands"));
                File.CreateSymbolicLink(Path.Combine(project, ".claude", "commands", $"link{round}.md"), Path.Combine(scene.CollectionFolder, "commands", "review.md"));
                break;
            default:
                Directory.CreateDirectory(Path.Combine(project, ".cursor", "skills", "other"));
                File.WriteAllText(Path.Combine(project, ".cursor", "skills", "other", "SKILL.md"), "other\n");
                break;
        }

        return $"{kind} {file}";
    }

    private static HomeCache Open(ProjectScene scene, Action<string>? report = null) =>
        HomeCache.Open(CollectionStore.Open(scene.Store.Home), new HomeCacheOptions { Environment = name => name == CacheLocation.EnvironmentVariable ? null : scene.Environment(name), Report = report ?? (line => Assert.Fail(line)) });

    private static string Drift(ProjectScene scene)
    {
        var report = new DriftChecker(CollectionStore.Open(scene.Store.Home), scene.Environment).Check(new DriftRequest { AllProjects = true, IncludeUser = true, IncludeInSync = true, IsFull = true }, Cancellation);
        return Describe(report.Artifacts.Where(one => !one.IsUserScope || report.Artifacts.Any(other => other.IsUserScope && other.State != DriftState.Added))
            .Select(one => $"{one.ArtifactId} {one.Profile} {one.Path} {one.State} {one.DeployedAt:O} {one.IsLink}"), report.Problems.Select(one => $"{one.Key} {one.Value.ErrorId}"));
    }

    private static string Overview(ProjectScene scene, HomeCache cache)
    {
        var report = new DeploymentOverview(cache, scene.Environment).Find(new DeploymentQuery { States = _all }, Cancellation);
        return Describe(report.Deployments.Select(one => $"{one.ArtifactId} {one.Profile} {one.Path} {one.State} {one.DeployedAt:O} {one.IsLink}"), report.Problems.Select(one => $"{one.Key} {one.Value.ErrorId}"));
    }

    private static string Describe(IEnumerable<string> artifacts, IEnumerable<string> problems) => string.Join('\n', artifacts.Order(StringComparer.Ordinal).Concat(problems.Order(StringComparer.Ordinal)));
}

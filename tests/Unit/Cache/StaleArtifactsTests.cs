using SkillMeat.Cache;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Updates;
using SkillMeat.Cache.Versions;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.Projects;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>Stale artifacts: deployments against the collection and upstream, by versions.</summary>
public sealed class StaleArtifactsTests
{
    private const string Notes = "skills/notes/SKILL.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.0.0", "2.0.0", "major")]
    [InlineData("1.0.0", "1.1", "minor")]
    [InlineData("v1.0.0", "1.0.1", "patch")]
    [InlineData("1.0.0-rc.1", "1.0.0", "prerelease")]
    [InlineData("1.0.0", "1.0.0", "unknown")]
    [InlineData(null, null, "unknown")]
    [InlineData(null, "1.0.0", "unknown")]
    [InlineData("2.0.0", "1.9.0", null)]
    [InlineData("1.0.0", "1.0.0+build", null)]
    [InlineData("1.2", "1.2.0", null)]
    public async Task A_copy_is_behind_the_collection_by_its_version(string? deployed, string? collection, string? difference)
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene.InCollection(Notes), deployed, "old");
        await scene.DeployAsync(scene.Request("skill:notes"));
        Write(scene.InCollection(Notes), collection, "new");
        using var cache = Open(scene);

        Assert.Equal(difference is null ? "" : $"skill:notes {deployed} {collection}  {difference}", Find(scene, cache));
    }

    [Fact]
    public async Task A_copy_that_is_the_same_or_was_only_edited_is_not_behind()
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene.InCollection(Notes), "2.0.0", "old");
        await scene.DeployAsync(scene.Request());
        using var cache = Open(scene);
        Assert.Equal("", Find(scene, cache));

        Write(scene.InProject($".claude/{Notes}"), "1.0.0", "mine");
        Assert.Equal("", Find(scene, cache));
        Write(scene.InCollection(Notes), "1.0.0", "mine");
        Assert.Equal("", Find(scene, cache));
    }

    [Theory]
    [InlineData("")]
    [InlineData("off")]
    public async Task A_check_finds_what_is_behind_upstream(string variable)
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene.InCollection(Notes), "1.0.0", "local");
        await scene.DeployAsync(scene.Request("skill:notes"));
        using var cache = Open(scene, variable);
        Assert.Equal("", Find(scene, cache));

        Write(InUpstream(scene, Notes), "1.1.0-rc.1", "upstream");
        File.AppendAllText(InUpstream(scene, "commands/review.md"), "More\n");
        Assert.Empty(await CheckAsync(scene, cache));

        Assert.Equal("command:review (none)   unknown; skill:notes 1.0.0 1.0.0 1.1.0-rc.1 minor", Find(scene, cache));
        Assert.All(Rows(scene, cache).Artifacts, one => Assert.True(one is { IsBehindUpstream: true, CheckedAt: not null }));
        Assert.Equal("skill:notes 1.0.0 1.0.0 1.1.0-rc.1 minor", Find(scene, cache, new StaleQuery { Projects = [NamePattern.Simple(scene.Project)] }));
        Assert.Equal("command:review (none)   unknown", Find(scene, cache, new StaleQuery { Types = ["command"] }));
        Assert.Equal("skill:notes command:review", string.Join(' ', Rows(scene, cache, new StaleQuery { Order = StaleOrder.VersionDifference }).Artifacts.Select(one => one.ArtifactId)));
        Assert.Equal("skill:notes command:review", string.Join(' ', Rows(scene, cache, new StaleQuery { Order = StaleOrder.Project }).Artifacts.Select(one => one.ArtifactId)));
        Assert.Equal("command:review skill:notes", string.Join(' ', Rows(scene, cache, new StaleQuery { Order = StaleOrder.Type }).Artifacts.Select(one => one.ArtifactId)));
    }

    [Fact]
    public async Task An_ordinary_check_is_remembered_by_other_processes()
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene.InCollection(Notes), "1.9.0", "local");
        Write(InUpstream(scene, Notes), "2.0.0", "upstream");
        // Without a cache, a check changes nothing on disk.
        using (var cache = Open(scene)) await CheckOrdinarilyAsync(scene, cache);
        Assert.False(Directory.Exists(Path.Combine(scene.Store.Home, "cache")) && Directory.GetFiles(Path.Combine(scene.Store.Home, "cache"), "*.db").Length > 0);
        using (var cache = Open(scene)) Assert.Equal("", Find(scene, cache));
        using (var cache = Open(scene)) await CheckOrdinarilyAsync(scene, cache);
        using (var cache = Open(scene)) Assert.Equal("skill:notes (none) 1.9.0 2.0.0 major", Find(scene, cache));

        // The collection has a later version than upstream.
        Write(scene.InCollection(Notes), "2.0.0", "local");
        Write(InUpstream(scene, Notes), "1.9.0", "other");
        using (var cache = Open(scene)) await CheckOrdinarilyAsync(scene, cache);
        using (var cache = Open(scene)) Assert.Equal("", Find(scene, cache));
    }

    [Fact]
    public async Task The_last_known_state_stays_with_its_age_when_upstream_does_not_answer()
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene.InCollection(Notes), "1.0.0", "local");
        Write(InUpstream(scene, Notes), "2.0.0", "upstream");
        using var cache = Open(scene);
        Assert.Empty(await CheckAsync(scene, cache));
        var known = Assert.Single(Rows(scene, cache).Artifacts);

        Directory.Move(Path.Combine(scene.Place, "upstream"), Path.Combine(scene.Place, "elsewhere"));
        var problems = await CheckAsync(scene, cache);

        Assert.NotEmpty(problems);
        var now = Assert.Single(Rows(scene, cache).Artifacts);
        Assert.Equal((known.CheckedAt, "2.0.0", VersionDifference.Major), (now.CheckedAt, now.UpstreamVersion, now.Difference));
        Assert.NotNull(now.Problem);
    }

    [Fact]
    public async Task A_state_does_not_count_for_another_version()
    {
        using var scene = await ProjectScene.StartAsync();
        Write(InUpstream(scene, Notes), "2.0.0", "upstream");
        using var cache = Open(scene);
        await CheckAsync(scene, cache);
        Assert.Contains("skill:notes", Find(scene, cache), StringComparison.Ordinal);

        var manifest = scene.InCollection("collection.toml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("/upstream/skills/notes", "/other/skills/notes", StringComparison.Ordinal));

        Assert.Equal("", Find(scene, cache));
    }

    [Fact]
    public async Task The_query_uses_its_indexes()
    {
        using var scene = await ProjectScene.StartAsync();
        using var cache = Open(scene);

        var plan = cache.Database.Run(connection => connection.Query("EXPLAIN QUERY PLAN " + StaleArtifacts.Query, row => row.GetString(3)), TestContext.Current.CancellationToken);

        Assert.Contains(plan, step => step.Contains("upstream_state_behind", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Contains("deployment_behind", StringComparison.Ordinal));
        Assert.All(plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)), step => Assert.True(step.Contains("_behind", StringComparison.Ordinal) || step is "SCAN k", step));
    }

    private static void Write(string file, string? version, string text) => File.WriteAllText(file, $"---\nname: notes\ndescription: Takes notes\n{(version is null ? "" : $"version: {version}\n")}---\n{text}\n");

    private static string InUpstream(ProjectScene scene, string path) => Path.Combine(scene.Place, "upstream", path);

    private static HomeCache Open(ProjectScene scene, string variable = "") => HomeCache.Open(
        CollectionStore.Open(scene.Store.Home), new HomeCacheOptions { Environment = name => name == CacheLocation.EnvironmentVariable ? variable : scene.Environment(name), Report = line => Assert.Fail(line) });

    private static async Task<IReadOnlyList<UpstreamProblem>> CheckAsync(ProjectScene scene, HomeCache cache)
    {
        using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = scene.Environment });
        return await new UpstreamCheck(cache, session).RunAsync([], progressed: null, Cancellation);
    }

    private static async Task CheckOrdinarilyAsync(ProjectScene scene, HomeCache cache)
    {
        using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = scene.Environment });
        await new UpstreamStates(cache).RecordCheckAsync(await new CollectionRefresher(scene.Store, session).CheckAsync(new RefreshRequest(), listener: null, Cancellation), session, Cancellation);
    }

    private static StaleReport Rows(ProjectScene scene, HomeCache cache, StaleQuery? query = null)
    {
        var report = new StaleArtifacts(cache, scene.Environment).Find(query ?? new StaleQuery(), Cancellation);
        Assert.Empty(report.Problems);
        return report;
    }

    private static string Find(ProjectScene scene, HomeCache cache, StaleQuery? query = null) => string.Join("; ", Rows(scene, cache, query).Artifacts
        .Select(one => $"{one.ArtifactId} {(one.Project is null ? "(none)" : one.DeployedVersion)} {one.CollectionVersion} {one.UpstreamVersion} {one.Difference.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal));
}

using SkillMeat.Cache.Marketplaces;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using Xunit;

using static SkillMeat.Tests.Marketplaces.MarketplaceScene;

namespace SkillMeat.Tests.Marketplaces;

/// <summary>The lists of marketplaces are kept, fetched again when they are old, and used when nothing can be fetched.</summary>
public sealed class MarketplaceCacheTests
{
    private static readonly string[] _all = ["agent:tester of quality: New", "skill:lint of tools: New", "skill:pdf of office: New", "skill:xlsx of office: New"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_search_requests_nothing_and_an_update_one_answer_for_each_repository(bool hasToken)
    {
        await using var scene = await FilledAsync(hasToken);
        await scene.RegisterAsync(Market);
        scene.Server.Log.Clear();

        Assert.Equal(_all, await scene.FindAsync());
        Assert.Equal(0, scene.Server.Log.Total);

        Assert.Equal(MarketplaceStatus.Unchanged, Assert.Single(await scene.UpdateAsync()).Status);
        Assert.Equal(hasToken ? 1 : 2, scene.Server.Log.Total);
        Assert.Equal(_all, await scene.FindAsync());
    }

    [Fact]
    public async Task Only_the_named_marketplaces_are_updated()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);
        await scene.RegisterAsync(Tools, "other");
        scene.Git.Commit("2", GitChange.Write("plugins/office/skills/docx/SKILL.md", Skill("docx")));
        scene.Server.Log.Clear();

        Assert.Equal(["other"], (await scene.UpdateAsync("other")).Select(one => one.Name));
        Assert.All(scene.Server.Log.Records, record => Assert.Contains(Tools, record.Path, StringComparison.Ordinal));
        Assert.DoesNotContain("skill:docx of office: New", await scene.FindAsync());
        Assert.Equal(MarketplaceStatus.Updated, Assert.Single(await scene.UpdateAsync("shop")).Status);
        Assert.Contains("skill:docx of office: New", await scene.FindAsync());
        Assert.Equal(ErrorIds.MarketplaceNotFound, (await Assert.ThrowsAsync<SkillMeatException>(() => scene.UpdateAsync("shp"))).ErrorId);
    }

    [Fact]
    public async Task A_plugin_elsewhere_is_listed_again_when_it_moved_alone()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);
        scene.ToolsGit.Commit("2", GitChange.Write("plugin/skills/format/SKILL.md", Skill("format")));

        Assert.Equal(MarketplaceStatus.Updated, Assert.Single(await scene.UpdateAsync()).Status);

        Assert.Equal([.. _all.Append("skill:format of tools: New").Order(StringComparer.Ordinal)], await scene.FindAsync());
    }

    [Fact]
    public async Task A_plugin_that_stands_still_at_a_commit_is_listed_once()
    {
        await using var scene = await StartAsync();
        var commit = scene.ToolsGit.Commit("1", GitChange.Write("skills/lint/SKILL.md", Skill("lint")));
        scene.ToolsGit.Commit("2", GitChange.Write("skills/later/SKILL.md", Skill("later")));
        scene.Git.Commit("1", GitChange.Write(".claude-plugin/marketplace.json", MarketplaceScene.File("shop", new { name = "tools", source = new { source = "github", repo = Tools, @ref = "main", sha = commit } })));
        await scene.RegisterAsync(Market);
        Assert.Equal(["skill:lint of tools: New"], await scene.FindAsync());
        scene.Git.Commit("2", GitChange.Write("README.md", "x"));
        scene.Server.Log.Clear();

        Assert.Equal(MarketplaceStatus.Unchanged, Assert.Single(await scene.UpdateAsync()).Status);

        Assert.All(scene.Server.Log.Records, record => Assert.DoesNotContain(Tools, record.Path, StringComparison.Ordinal));
        var found = Assert.Single(await scene.SearchAsync());
        Assert.Equal(($"{Tools}/skills/lint@{commit}", commit), (found.Spec, found.Ref));
    }

    [Fact]
    public async Task A_list_is_fetched_again_after_the_configured_time()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);
        scene.Git.Commit("2", GitChange.Write("plugins/office/skills/docx/SKILL.md", Skill("docx")));

        scene.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(_all, await scene.FindAsync());
        scene.Time.Advance(TimeSpan.FromHours(2));
        Assert.True((await scene.ReadAsync(isOffline: true)).IsStale);
        Assert.Contains("skill:docx of office: New", await scene.FindAsync());
        Assert.False((await scene.ReadAsync()).IsStale);

        scene.Write("home/config.toml", "[settings]\ndefault-collection = \"default\"\nmarketplace-hours = 1\n");
        scene.Git.Commit("3", GitChange.Delete("plugins/office/skills/docx/SKILL.md"));
        scene.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(_all, await scene.FindAsync());
    }

    [Fact]
    public async Task An_old_list_is_used_with_a_mark_when_the_network_is_gone()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);
        scene.Web.IsGone = true;
        Assert.Equal(_all, await scene.FindAsync());
        Assert.All(await scene.SearchAsync(), one => Assert.False(one.IsStale));
        scene.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(_all, await scene.FindAsync());
        Assert.All(await scene.SearchAsync(), one => Assert.True(one.IsStale));
        var requests = scene.Web.Requests.Count;
        Assert.Contains("Name or service not known", (await scene.ReadAsync()).Problem, StringComparison.Ordinal);
        Assert.Equal(requests, scene.Web.Requests.Count);
        var failed = Assert.Single(await scene.UpdateAsync());
        Assert.Equal((MarketplaceStatus.Error, ErrorIds.UpstreamUnavailable, 4), (failed.Status, failed.ErrorId, failed.Artifacts));

        scene.Web.IsGone = false;
        scene.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.All(await scene.SearchAsync(), one => Assert.False(one.IsStale));
        Assert.Null((await scene.ReadAsync()).Problem);
    }

    [Fact]
    public async Task A_plugin_that_cannot_be_reached_keeps_its_artifacts()
    {
        await using var scene = await StartAsync();
        scene.ToolsGit.Commit("1", GitChange.Write("skills/lint/SKILL.md", Skill("lint")));
        scene.Web.Put("/m.json", MarketplaceScene.File("web", new { name = "tools", source = new { source = "github", repo = Tools } }));
        await scene.RegisterAsync("https://market.example/m.json");
        scene.Web.Blocked = Tools;

        var blocked = Assert.Single(await scene.UpdateAsync());
        Assert.Contains("tools: ", Assert.Single(blocked.PluginProblems), StringComparison.Ordinal);
        Assert.Equal(["skill:lint of tools: New"], await scene.FindAsync());

        scene.Web.Blocked = null;
        scene.Server.Remove(Tools);
        await scene.UpdateAsync();
        Assert.Empty(await scene.FindAsync());
        var gone = Assert.Single(await scene.SearchAsync(new MarketplaceSearch { BaseFolder = scene.Place, IncludePlugins = true }));
        Assert.Equal(("tools", null, null), (gone.Plugin, gone.ArtifactId, gone.Spec));
        Assert.NotNull(gone.Problem);
    }

    [Fact]
    public async Task A_file_at_an_address_that_did_not_change_is_not_sent_again()
    {
        await using var scene = await StartAsync();
        scene.ToolsGit.Commit("1", GitChange.Write("skills/lint/SKILL.md", Skill("lint")));
        scene.Web.Put("/m.json", MarketplaceScene.File("web", new { name = "tools", source = new { source = "github", repo = Tools } }, new { name = "beside", source = "./plugins/beside" }));

        var result = await scene.RegisterAsync("https://user:secret@market.example/m.json");
        Assert.Equal(("web", "https://market.example/m.json", 2, 1), (result.Name, result.Source, result.Plugins, result.Artifacts));
        Assert.Contains("Register the repository instead", Assert.Single(result.PluginProblems), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", System.IO.File.ReadAllText(scene.ListFile), StringComparison.Ordinal);
        scene.Web.Requests.Clear();
        Assert.Equal(MarketplaceStatus.Unchanged, Assert.Single(await scene.UpdateAsync()).Status);
        Assert.Equal(["skill:lint of tools: New"], await scene.FindAsync());

        var sent = Assert.Single(scene.Web.Requests, request => request.RequestUri!.Host == "market.example");
        Assert.Null(sent.Headers.Authorization);
        Assert.NotEmpty(sent.Headers.GetValues("If-None-Match"));
        Assert.Equal(2, scene.Web.Requests.Count);
    }

    [Fact]
    public async Task What_the_cache_loses_is_fetched_again_and_what_is_registered_stays()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);
        System.IO.File.Delete(scene.Cache);
        Assert.Null((await scene.ReadAsync(isOffline: true)).Artifacts);

        Assert.Equal(_all, await scene.FindAsync());

        System.IO.File.Delete(scene.Cache);
        scene.Web.IsGone = true;
        Assert.Empty(await scene.FindAsync());
        var lost = await scene.ReadAsync();
        Assert.Equal(("shop", null, true), (lost.Name, lost.Artifacts, lost.IsStale));
        Assert.NotNull(lost.Problem);
    }

    [Fact]
    public async Task Without_a_file_the_lists_live_as_long_as_the_process()
    {
        await using var scene = await FilledAsync();
        scene.CacheMode = "off";
        await scene.RegisterAsync(Market);
        Assert.Equal(4, (await scene.RunInOneAsync(catalog => catalog.SearchAsync(new MarketplaceSearch { BaseFolder = scene.Place }, Cancellation))).Count);
        scene.Server.Log.Clear();

        Assert.Equal(4, (await scene.RunInOneAsync(catalog => catalog.SearchAsync(new MarketplaceSearch { BaseFolder = scene.Place }, Cancellation))).Count);

        Assert.Equal(0, scene.Server.Log.Total);
        Assert.False(System.IO.File.Exists(scene.Cache));
    }

    [Fact]
    public async Task Noise_in_any_page_never_changes_an_answer()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);
        var whole = await System.IO.File.ReadAllBytesAsync(scene.Cache, Cancellation);
        var random = new Random(15);
        for (var page = 0; page < whole.Length / 4096; page++)
        {
            var bytes = whole.ToArray();
            random.NextBytes(bytes.AsSpan(page * 4096, 4096));
            await System.IO.File.WriteAllBytesAsync(scene.Cache, bytes, Cancellation);

            Assert.Equal(_all, await scene.FindAsync());
            Assert.Equal(["skill:pdf of office: New"], await scene.FindAsync("pdf"));
            Assert.Equal((3, 4), ((await scene.ReadAsync()).Plugins, (await scene.ReadAsync()).Artifacts));
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(scene.Cache)!, "skillmeat-engine.db-*")) System.IO.File.Delete(file);
        }
    }

    [Fact]
    public async Task Several_processes_can_update_and_search_at_once()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 4; round++)
            {
                if (i % 2 == 0) Assert.Equal(MarketplaceStatus.Unchanged, Assert.Single(await scene.UpdateAsync()).Status);
                else Assert.Equal(_all, await scene.FindAsync());
            }
        })));

        Assert.Empty(scene.Warnings);
    }

    [Fact]
    public void Every_query_uses_an_index()
    {
        using var home = TestHome.Sample();
        using var cache = new SkillMeat.Cache.Database.CacheDatabase(SkillMeat.Cache.Database.CacheLocation.Find(new SkillMeat.Collections.HomeLayout(home.Home), _ => null), TimeProvider.System, _ => { });
        string[] queries =
        [
            "SELECT name FROM marketplace WHERE name = ?1",
            "SELECT search FROM marketplace_text WHERE marketplace_id = ?1",
            "SELECT name FROM marketplace_plugin WHERE marketplace_id = ?1 ORDER BY position",
            "SELECT name FROM marketplace_entry WHERE marketplace_id = ?1 ORDER BY position",
            "SELECT name FROM marketplace_entry WHERE marketplace_id = ?1 AND position = ?2",
            "DELETE FROM marketplace WHERE name = ?1",
        ];

        foreach (var query in queries)
        {
            var plan = cache.Run(connection => connection.Query($"EXPLAIN QUERY PLAN {query}", row => row.GetString(3), "x", 1), TestContext.Current.CancellationToken);
            Assert.All(plan, step => Assert.DoesNotContain("SCAN", step, StringComparison.Ordinal));
            Assert.All(plan, step => Assert.DoesNotContain("TEMP B-TREE", step, StringComparison.Ordinal));
        }
    }
}

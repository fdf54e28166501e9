using System.Globalization;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Storage;
using Xunit;

using static SkillMeat.Tests.Marketplaces.MarketplaceScene;

namespace SkillMeat.Tests.Marketplaces;

/// <summary>The repositories that a stranger's marketplace names have limits all together, and updates of several processes at once are safe.</summary>
public sealed class PluginLimitTests
{
    [Fact]
    public async Task What_one_update_leaves_out_the_next_one_goes_on_with()
    {
        using var first = GitRepositoryBuilder.Create();
        using var second = GitRepositoryBuilder.Create();
        await using var scene = await ManyAsync(first, second);
        var limits = new PluginLimits { Repositories = 1 };

        var result = await RegisterAsync(scene, limits);
        Assert.Equal((3, 1), (result.Plugins, result.Artifacts));
        Assert.Equal(
            ["p1: its repository was left out of this update, which listed 1 others. The next update goes on with it.", "p2: its repository was left out of this update, which listed 1 others. The next update goes on with it."],
            result.PluginProblems);
        Assert.Equal(2, (await UpdateAsync(scene, limits)).Artifacts);
        result = await UpdateAsync(scene, limits);
        Assert.Equal(3, result.Artifacts);
        Assert.Empty(result.PluginProblems);
        Assert.Equal(["skill:a of p0: New", "skill:b of p1: New", "skill:c of p2: New"], await scene.FindAsync());
    }

    [Theory]
    [InlineData("time", "which took 0 minutes for others")]
    [InlineData("bytes", "which read 0 MB of lists of others")]
    [InlineData("artifacts", "has more than 0 artifacts")]
    public async Task Each_limit_says_what_was_left_out(string limit, string message)
    {
        using var first = GitRepositoryBuilder.Create();
        using var second = GitRepositoryBuilder.Create();
        await using var scene = await ManyAsync(first, second);
        var limits = limit switch { "time" => new PluginLimits { Time = TimeSpan.Zero }, "bytes" => new PluginLimits { ListBytes = 0 }, _ => new PluginLimits { Artifacts = 0 } };

        var result = await RegisterAsync(scene, limits with { Artifacts = limit == "artifacts" ? 0 : limits.Artifacts });

        Assert.Equal((3, 0), (result.Plugins, result.Artifacts));
        Assert.All(result.PluginProblems, problem => Assert.Contains(limit == "artifacts" ? "artifacts" : message, problem, StringComparison.Ordinal));
        Assert.Equal(3, (await UpdateAsync(scene, new PluginLimits())).Artifacts);
    }

    [Fact]
    public async Task A_repository_that_does_not_answer_takes_no_more_than_the_time()
    {
        using var first = GitRepositoryBuilder.Create();
        using var second = GitRepositoryBuilder.Create();
        await using var scene = await ManyAsync(first, second);
        Assert.Equal(3, (await RegisterAsync(scene, new PluginLimits())).Artifacts);
        scene.Server.Faults = request => request.Path.Contains("octo/second", StringComparison.Ordinal) ? Fault.Hang() : null;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = await UpdateAsync(scene, new PluginLimits { Time = TimeSpan.FromSeconds(2) });

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        // Its earlier list stays.
        Assert.Equal(3, result.Artifacts);
        Assert.Contains(result.PluginProblems, problem => problem.StartsWith("p2: its repository was left out of this update, which took 0.03 minutes for others.", StringComparison.Ordinal));
        scene.Server.Faults = null;
        result = await UpdateAsync(scene, new PluginLimits());
        Assert.Equal(3, result.Artifacts);
        Assert.Empty(result.PluginProblems);
    }

    [Fact]
    public async Task Processes_can_update_at_once()
    {
        await using var scene = await StartAsync();
        scene.Write("shop/.claude-plugin/marketplace.json", MarketplaceScene.File("shop", new { name = "office", source = "./office" }));
        for (var i = 0; i < MarketScenario.Artifacts; i++) scene.Write($"shop/office/skills/s{i}/SKILL.md", Skill($"s{i}"));
        await scene.RegisterAsync("./shop");

        var processes = Enumerable.Range(0, 3).Select(_ => HostProcess.Start("market", scene.Home, 2500.ToString(CultureInfo.InvariantCulture))).ToList();
        try
        {
            var running = Task.WhenAll(processes.Select(process => process.WaitAsync(Cancellation)));
            var more = Path.Combine(scene.Place, "shop", "office", "skills", "more");
            for (var round = 0; !running.IsCompleted; round++)
            {
                if (round % 2 == 0) scene.Write("shop/office/skills/more/SKILL.md", Skill("more"));
                else Directory.Delete(more, recursive: true);
                await Task.WhenAny(running, Task.Delay(150, Cancellation));
            }

            var exitCodes = await running;
            for (var i = 0; i < processes.Count; i++) Assert.True(exitCodes[i] == 0, $"{await processes[i].Output.ReadToEndAsync(Cancellation)}{processes[i].Errors}");
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }

        Assert.Empty(scene.Warnings);
    }

    private static async Task<MarketplaceScene> ManyAsync(GitRepositoryBuilder first, GitRepositoryBuilder second)
    {
        var scene = await StartAsync();
        scene.Server.AddRepository("octo/first", first, facts: null);
        scene.Server.AddRepository("octo/second", second, facts: null);
        scene.ToolsGit.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")));
        first.Commit("1", GitChange.Write("skills/b/SKILL.md", Skill("b")));
        second.Commit("1", GitChange.Write("skills/c/SKILL.md", Skill("c")));
        scene.Write("shop/.claude-plugin/marketplace.json", MarketplaceScene.File("shop", [.. new[] { Tools, "octo/first", "octo/second" }.Select((repo, i) => (object)new { name = $"p{i}", source = new { source = "github", repo } })]));
        return scene;
    }

    private static Task<MarketplaceResult> RegisterAsync(MarketplaceScene scene, PluginLimits limits) =>
        scene.RunAsync(catalog => Limited(catalog, limits).RegisterAsync(new MarketplaceRegistration { Source = "./shop", BaseFolder = scene.Place, LockTimeout = TimeSpan.FromSeconds(30) }, Cancellation));

    private static async Task<MarketplaceResult> UpdateAsync(MarketplaceScene scene, PluginLimits limits) => Assert.Single(await scene.RunAsync(catalog => Limited(catalog, limits).UpdateAsync([], Cancellation)));

    private static MarketplaceCatalog Limited(MarketplaceCatalog catalog, PluginLimits limits)
    {
        catalog.Limits = limits;
        return catalog;
    }
}

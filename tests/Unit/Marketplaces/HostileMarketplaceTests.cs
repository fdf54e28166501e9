using SkillMeat.Cache.Marketplaces;
using SkillMeat.Errors;
using Xunit;

using static SkillMeat.Tests.Marketplaces.MarketplaceScene;

namespace SkillMeat.Tests.Marketplaces;

/// <summary>The file of a marketplace comes from strangers: what is wrong in it is the problem of one plugin, and nothing outside the marketplace is read.</summary>
public sealed class HostileMarketplaceTests
{
    [Theory]
    [InlineData("5", "#1: its entry is not a JSON object.")]
    [InlineData("{}", "#1: it has no name.")]
    [InlineData("""{"name": 5}""", "#1: it has no name.")]
    [InlineData("""{"name": "a\u202eb", "source": "./ok"}""", "a\\u202eb: its name is empty, too long, or has invisible or control characters.")]
    [InlineData("""{"name": "a\u001bb", "source": "./ok"}""", "#1: its name is empty, too long, or has invisible or control characters.")]
    [InlineData("""{"name": "a\ud800", "source": "./ok"}""", "#1: its name is empty, too long, or has invisible or control characters.")]
    [InlineData("""{"name": "a"}""", "a: it has no source.")]
    [InlineData("""{"name": "a", "source": []}""", "a: it has no source.")]
    [InlineData("""{"name": "a", "source": "../secret"}""", "a: its source '../secret' is not a path in the marketplace.")]
    [InlineData("""{"name": "a", "source": "./x/../../secret"}""", "a: its source './x/../../secret' is not a path in the marketplace.")]
    [InlineData("""{"name": "a", "source": "/etc"}""", "a: its source '/etc' is not a path in the marketplace.")]
    [InlineData("""{"name": "a", "source": "C:\\x"}""", "a: its source 'C:\\x' is not a path in the marketplace.")]
    [InlineData("""{"name": "a", "source": "./none"}""", "a: its folder 'none' is not in the marketplace.")]
    [InlineData("""{"name": "a", "source": {"source": "npm", "package": "x"}}""", "a: it is a package of npm, whose files are in no repository.")]
    [InlineData("""{"name": "a", "source": {"source": "ftp"}}""", "a: its source is of an unknown kind, 'ftp'.")]
    [InlineData("""{"name": "a", "source": {"source": "github"}}""", "a: its source names no repository.")]
    [InlineData("""{"name": "a", "source": {"source": "github", "repo": "../x"}}""", "a: its source '../x' is not the address of a repository.")]
    [InlineData("""{"name": "a", "source": {"source": "url", "url": "file:///etc"}}""", "a: its source 'file:///etc' is not the address of a repository.")]
    [InlineData("""{"name": "a", "source": {"source": "url", "url": "/etc"}}""", "a: its source '/etc' is not the address of a repository.")]
    [InlineData("""{"name": "a", "source": {"source": "url", "url": "https://x.example/a/b?token=hunter2"}}""", "a: its source 'https://x.example/a/b' is not the address of a repository.")]
    [InlineData("""{"name": "a", "source": {"source": "git-subdir", "url": "octo/tools"}}""", "a: its source names no path.")]
    [InlineData("""{"name": "a", "source": {"source": "git-subdir", "url": "octo/tools", "path": "../x"}}""", "a: its path is not one in a repository.")]
    public async Task An_entry_that_is_not_valid_is_the_problem_of_its_plugin(string entry, string problem)
    {
        await using var scene = await StartAsync();
        scene.Write("secret/skills/hidden/SKILL.md", Skill("hidden"));
        scene.Write("shop/ok/skills/pdf/SKILL.md", Skill("pdf"));
        scene.Write("shop/.claude-plugin/marketplace.json", $$"""{"name": "shop", "plugins": [{{entry}}, {"name": "fine", "source": "./ok"}]}""");

        var result = await scene.RegisterAsync("./shop");

        Assert.Equal([problem], result.PluginProblems);
        Assert.Equal(["pdf"], (await scene.SearchAsync()).Select(one => one.Name));
        Assert.Equal(2, (await scene.SearchAsync(new MarketplaceSearch { BaseFolder = scene.Place, IncludePlugins = true })).Count);
        Assert.Equal(0, scene.Server.Log.Total);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "no list 'plugins'")]
    [InlineData("""{"plugins": {}}""", "no list 'plugins'")]
    [InlineData("""{"plugins": [""", "not valid JSON (line 1)")]
    public async Task A_file_that_is_no_marketplace_is_an_error(string text, string problem)
    {
        await using var scene = await StartAsync();
        scene.Write("shop/.claude-plugin/marketplace.json", text);

        var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.RegisterAsync("./shop"));

        Assert.Equal(ErrorIds.InvalidData, error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_and_lists_have_limits()
    {
        await using var scene = await StartAsync();
        scene.Write("deep/.claude-plugin/marketplace.json", new string('[', 100_000));
        scene.Write("many/.claude-plugin/marketplace.json", MarketplaceScene.File("many", [.. Enumerable.Range(0, 10_001).Select(i => (object)new { name = $"p{i}", source = "./p" })]));
        scene.Write("long/.claude-plugin/marketplace.json", MarketplaceScene.File(new string('x', 9 << 20)));

        foreach (var name in new[] { "deep", "many", "long" }) await Assert.ThrowsAnyAsync<SkillMeatException>(() => scene.RegisterAsync($"./{name}"));

        Assert.False(System.IO.File.Exists(scene.ListFile));
    }

    [Fact]
    public async Task Thousands_of_plugins_with_thousands_of_paths_are_listed_in_a_moment()
    {
        await using var scene = await StartAsync();
        for (var i = 0; i < 200; i++) scene.Write($"shop/p{i}/skills/s{i}/SKILL.md", Skill($"s{i}"));
        var paths = Enumerable.Range(0, 30).Select(i => $"./skills/x{i}").ToArray();
        scene.Write("shop/.claude-plugin/marketplace.json", MarketplaceScene.File("shop", [.. Enumerable.Range(0, 5000).Select(i => (object)new { name = $"p{i}", source = $"./p{i % 200}", skills = paths })]));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var result = await scene.RegisterAsync("./shop");

        Assert.Equal((5000, 200), (result.Plugins, result.Artifacts));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task A_strangers_marketplace_does_not_make_this_machine_use_ssh()
    {
        await using var scene = await StartAsync();
        scene.Web.Put("/m.json", MarketplaceScene.File("web", new { name = "a", source = new { source = "url", url = "git@ssh.example:octo/tools.git" } }));

        var result = await scene.RegisterAsync("https://market.example/m.json");

        Assert.Contains("reached by ssh", Assert.Single(result.PluginProblems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_not_tried_for_each_of_its_plugins()
    {
        await using var scene = await StartAsync();
        scene.Web.Blocked = "/many/";
        scene.Web.Put("/m.json", MarketplaceScene.File("web", [.. Enumerable.Range(0, 50).Select(i => (object)new { name = $"p{i}", source = new { source = "url", url = $"https://dead.example/many/r{i}.git" } })]));

        var result = await scene.RegisterAsync("https://market.example/m.json");

        Assert.Equal(50, result.PluginProblems.Count);
        Assert.Single(scene.Web.Requests.Where(request => request.RequestUri!.Host == "dead.example").Select(request => request.RequestUri!.AbsolutePath.Split('/')[2]).Distinct());
    }

    [Fact]
    public async Task A_name_that_is_not_valid_is_made_so()
    {
        await using var scene = await StartAsync();
        scene.Write("shop/.claude-plugin/marketplace.json", MarketplaceScene.File("../../x\u202e/y"));

        Assert.Equal("-.-x-y", (await scene.RegisterAsync("./shop")).Name);
    }

    [Fact]
    public async Task Plugins_without_strict_have_only_what_the_marketplace_names()
    {
        await using var scene = await StartAsync();
        foreach (var name in new[] { "pdf", "xlsx", "other" }) scene.Write($"shop/skills/{name}/SKILL.md", Skill(name));
        scene.Write(
            "shop/.claude-plugin/marketplace.json",
            MarketplaceScene.File("shop", new { name = "documents", source = "./", strict = false, skills = new[] { "./skills/pdf" } }, new { name = "tables", source = "./", strict = false, skills = new[] { "./skills/xlsx" } }));

        await scene.RegisterAsync("./shop");

        Assert.Equal(["skill:pdf of documents: New", "skill:xlsx of tables: New"], await scene.FindAsync());
    }
}

using SkillMeat.Browsing;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

using static SkillMeat.Tests.Marketplaces.MarketplaceScene;

namespace SkillMeat.Tests.Marketplaces;

/// <summary>The artifacts of marketplaces are found by words, compared with the collection, and added.</summary>
public sealed class MarketplaceSearchTests
{
    [Theory]
    [InlineData("pdf", "pdf")]
    [InlineData("PDF about", "pdf")]
    [InlineData("office", "pdf xlsx")]
    [InlineData("paper XLS", "xlsx")]
    [InlineData("documents", "pdf xlsx")]
    [InlineData("agent", "tester")]
    [InlineData("pdf lint", "")]
    [InlineData("%", "")]
    [InlineData("_", "")]
    [InlineData("p_f", "")]
    [InlineData("\" OR 1=1 --", "")]
    [InlineData("NEAR(pdf)", "")]
    [InlineData("  ", "lint pdf tester xlsx")]
    public async Task All_words_must_be_there_and_no_character_has_a_meaning(string text, string expected)
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), (await scene.SearchAsync(text)).Select(one => one.Name));
    }

    [Fact]
    public async Task Special_characters_are_found_where_they_are()
    {
        await using var scene = await StartAsync();
        scene.Write("m/skills/all/SKILL.md", "---\nname: all\ndescription: Covers 100% of it with under_scores and \"quotes\", 文書も\n---\n");
        scene.Write("m/skills/none/SKILL.md", Skill("none"));
        await scene.RegisterAsync("./m");

        foreach (var text in new[] { "100%", "r_s", "\"quotes\"", "文書", "COVERS" }) Assert.Equal(["all"], (await scene.SearchAsync(text)).Select(one => one.Name));
    }

    [Fact]
    public async Task The_best_match_comes_first_and_filters_narrow()
    {
        await using var scene = await StartAsync();
        foreach (var (path, name, description) in new[] { ("skills/pdf", "pdf", "x"), ("skills/pdf-forms", "pdf-forms", "x"), ("skills/my-pdf", "my-pdf", "x"), ("skills/aaa", "aaa", "Reads pdf") })
        {
            scene.Write($"m/{path}/SKILL.md", $"---\nname: {name}\ndescription: {description}\n---\n");
        }

        scene.Write("m/commands/pdf-all.md", "text");
        await scene.RegisterAsync("./m");

        Assert.Equal(["skill:pdf", "command:pdf-all", "skill:pdf-forms", "skill:my-pdf", "skill:aaa"], (await scene.SearchAsync("pdf")).Select(one => one.ArtifactId));
        var search = new MarketplaceSearch { BaseFolder = scene.Place, Text = "pdf" };
        Assert.Equal(["command:pdf-all"], (await scene.SearchAsync(search with { Types = [ArtifactType.Command] })).Select(one => one.ArtifactId));
        Assert.Empty(await scene.SearchAsync(search with { States = [UpstreamArtifactState.Present] }));
        Assert.Empty(await scene.SearchAsync(search with { Plugins = [NamePattern.Simple("x")] }));
        Assert.Equal(5, (await scene.SearchAsync(search with { Marketplaces = [NamePattern.Simple("M")] })).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_added_is_present_and_then_behind(bool hasToken)
    {
        await using var scene = await FilledAsync(hasToken);
        await scene.RegisterAsync(Market);

        var added = await scene.AddAsync([.. (await scene.SearchAsync()).Where(one => one.Name is "pdf" or "lint")]);

        Assert.All(added, entry => Assert.Equal("Added", entry.Status.ToString()));
        Assert.Equal(["agent:tester of quality: New", "skill:lint of tools: Present", "skill:pdf of office: Present", "skill:xlsx of office: New"], await scene.FindAsync());
        Assert.Equal(Skill("pdf"), System.IO.File.ReadAllText(Path.Combine(scene.Home, "collections", "default", "skills", "pdf", "SKILL.md")));

        // Another file moves the commit, and nothing of the artifacts.
        scene.Git.Commit("2", GitChange.Write("README.md", "x"));
        await scene.UpdateAsync();
        Assert.Contains("skill:pdf of office: Present", await scene.FindAsync());

        scene.Git.Commit("3", GitChange.Write("plugins/office/skills/pdf/SKILL.md", "---\nname: pdf\ndescription: About pdf\nversion: 2.0.0\n---\n"));
        await scene.UpdateAsync();
        var behind = Assert.Single(await scene.SearchAsync(new MarketplaceSearch { BaseFolder = scene.Place, States = [UpstreamArtifactState.Behind] }));
        Assert.Equal(("pdf", "2.0.0", "default"), (behind.Name, behind.Version, behind.Collection));
    }

    [Fact]
    public async Task An_artifact_that_was_added_at_a_commit_is_behind_when_the_marketplace_goes_on()
    {
        await using var scene = await StartAsync();
        var first = scene.ToolsGit.Commit("1", GitChange.Write("skills/lint/SKILL.md", Skill("lint")));
        var second = scene.ToolsGit.Commit("2", GitChange.Write("skills/lint/SKILL.md", Skill("lint", "better")));
        scene.Git.Commit("1", GitChange.Write(".claude-plugin/marketplace.json", FileAt(first)));
        await scene.RegisterAsync(Market);
        await scene.AddAsync(Assert.Single(await scene.SearchAsync()));
        Assert.Equal(["skill:lint of tools: Present"], await scene.FindAsync());

        scene.Git.Commit("2", GitChange.Write(".claude-plugin/marketplace.json", FileAt(second)));
        await scene.UpdateAsync();

        Assert.Equal(["skill:lint of tools: Behind"], await scene.FindAsync());
        static string FileAt(string commit) => MarketplaceScene.File("shop", new { name = "tools", source = new { source = "github", repo = Tools, sha = commit } });
    }

    [Fact]
    public async Task Plugins_without_artifacts_are_listed_when_asked_for()
    {
        await using var scene = await StartAsync();
        scene.Write("m/lsp/README.md", "A language server");
        scene.Write("m/.claude-plugin/marketplace.json", MarketplaceScene.File("m", new { name = "lsp", source = "./lsp", description = "A language server" }));
        await scene.RegisterAsync("./m");

        Assert.Empty(await scene.SearchAsync("server"));
        var plugin = Assert.Single(await scene.SearchAsync(new MarketplaceSearch { BaseFolder = scene.Place, Text = "server", IncludePlugins = true }));
        Assert.Equal(("lsp", null, null, null, "A language server"), (plugin.Name, plugin.ArtifactId, plugin.State, plugin.Problem, plugin.Description));
        Assert.Null(plugin.ToAddition());
    }
}

using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;
using SkillMeat.Errors;
using Xunit;

using static SkillMeat.Tests.Marketplaces.MarketplaceScene;

namespace SkillMeat.Tests.Marketplaces;

/// <summary>Marketplaces are registered from every kind of place, under one name each.</summary>
public sealed class RegistrationTests
{
    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 4)]
    public async Task A_repository_is_registered_under_the_name_in_its_file(bool hasToken, int requests)
    {
        await using var scene = await FilledAsync(hasToken);

        var result = await scene.RegisterAsync(Market);

        Assert.Equal(("shop", $"{scene.Server.ServerUrl}/{Market}", MarketplaceStatus.Registered, 3, 4), (result.Name, result.Source, result.Status, result.Plugins, result.Artifacts));
        Assert.Empty(result.PluginProblems);
        // Those of two repositories.
        Assert.Equal(requests, scene.Server.Log.Total);
        var lines = System.IO.File.ReadAllLines(scene.ListFile);
        Assert.Equal(["[[marketplaces]]", "name = \"shop\"", "kind = \"repository\"", $"source = \"{scene.Server.ServerUrl}/{Market}\""], lines[..4]);
        var again = await scene.RegisterAsync(Market, "other");
        Assert.Equal(("shop", MarketplaceStatus.Unchanged), (again.Name, again.Status));
        Assert.Equal(lines, System.IO.File.ReadAllLines(scene.ListFile));
    }

    [Fact]
    public async Task Artifacts_belong_to_their_plugins_and_those_in_none_are_left_out()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);

        var found = await scene.SearchAsync();

        Assert.Equal(["lint tools 3.1.0", "pdf office 1.2.0", "tester quality ", "xlsx office 1.2.0"], found.Select(one => $"{one.Name} {one.Plugin} {one.Version}"));
        var pdf = found.First(one => one.Name == "pdf");
        Assert.Equal(("shop", "About pdf", "documents", "paper", $"{Market}/plugins/office/skills/pdf"), (pdf.Marketplace, pdf.Description, pdf.Category, pdf.Tags.ToString(), pdf.Spec));
    }

    [Fact]
    public async Task A_repository_without_a_file_offers_everything_in_it()
    {
        await using var scene = await FilledAsync();

        var whole = await scene.RegisterAsync(Tools);
        var part = await scene.RegisterAsync($"{Market}/plugins@{scene.Git.DefaultBranch}", "part");

        Assert.Equal(("tools", 0, 1), (whole.Name, whole.Plugins, whole.Artifacts));
        Assert.Equal(("part", 3), (part.Name, part.Artifacts));
        Assert.EndsWith($"/{Market}/tree/{scene.Git.DefaultBranch}/plugins", part.Source, StringComparison.Ordinal);
        Assert.Equal([null, null, null, null], (await scene.SearchAsync()).Select(one => one.Plugin));
    }

    [Fact]
    public async Task The_address_of_the_file_in_a_repository_means_the_repository()
    {
        await using var scene = await FilledAsync();

        var result = await scene.RegisterAsync($"{scene.Server.ServerUrl}/{Market}/blob/{scene.Git.DefaultBranch}/.claude-plugin/marketplace.json");

        Assert.Equal((MarketplaceStatus.Registered, 4), (result.Status, result.Artifacts));
        Assert.Equal(MarketplaceKind.Repository, (await scene.ReadAsync()).Kind);
    }

    [Theory]
    [InlineData("shop", "Folder")]
    [InlineData("shop/.claude-plugin", "Folder")]
    [InlineData("shop/.claude-plugin/marketplace.json", "File")]
    public async Task A_folder_and_a_file_on_this_machine_are_read_with_their_plugins(string source, string kind)
    {
        await using var scene = await StartAsync();
        scene.Write("shop/.claude-plugin/marketplace.json", MarketplaceScene.File("local", new { name = "office", source = "./office" }));
        scene.Write("shop/office/skills/pdf/SKILL.md", Skill("pdf"));

        var result = await scene.RegisterAsync($"./{source}");

        Assert.Equal(("local", 1, 1), (result.Name, result.Plugins, result.Artifacts));
        Assert.Equal(kind, (await scene.ReadAsync()).Kind.ToString());
        var pdf = Assert.Single(await scene.SearchAsync());
        Assert.Equal(Path.Combine(scene.Place, "shop", "office", "skills", "pdf"), pdf.Spec);
        Assert.Equal("Added", Assert.Single(await scene.AddAsync(pdf)).Status.ToString());
        Assert.Equal("Present", Assert.Single(await scene.SearchAsync()).State.ToString());
        scene.Write("shop/office/skills/pdf/SKILL.md", Skill("pdf", "more"));
        Assert.Equal("Behind", Assert.Single(await scene.SearchAsync()).State.ToString());
        Assert.Equal(0, scene.Server.Log.Total);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("con")]
    [InlineData("x\u202ey")]
    [InlineData("")]
    public async Task A_name_that_no_folder_could_have_is_refused(string name)
    {
        await using var scene = await FilledAsync();

        var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.RegisterAsync(Market, name));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.False(System.IO.File.Exists(scene.ListFile));
    }

    [Fact]
    public async Task Names_are_unique_whatever_their_case()
    {
        await using var scene = await FilledAsync();
        await scene.RegisterAsync(Market);

        var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.RegisterAsync(Tools, "SHOP"));

        Assert.Equal(ErrorIds.MarketplaceExists, error.ErrorId);
        Assert.Contains($"from {scene.Server.ServerUrl}/{Market}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://market.example/m.json?token=hunter2", "InvalidArgument")]
    [InlineData("https://user:hunter2@market.example/none.json", "UpstreamNotFound")]
    [InlineData("./missing", "UpstreamNotFound")]
    [InlineData("octo/none", "UpstreamNotFound")]
    [InlineData("nothing", "InvalidArgument")]
    public async Task A_source_that_cannot_be_used_is_not_registered(string source, string errorId)
    {
        await using var scene = await FilledAsync();

        var error = await Assert.ThrowsAnyAsync<SkillMeatException>(() => scene.RegisterAsync(source));

        Assert.Equal(errorId, error.ErrorId);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(scene.ListFile));
    }

    [Fact]
    public async Task A_marketplace_is_forgotten_and_comments_in_the_list_stay()
    {
        await using var scene = await FilledAsync();
        scene.Write("home/marketplaces.toml", "# mine\n[[marketplaces]]\nname = \"old\" # kept\nkind = \"folder\"\nsource = \"/nowhere/at/all\"\nextra = 1\n");
        var before = System.IO.File.ReadAllText(scene.ListFile);
        await scene.RegisterAsync(Market);

        var registry = new MarketplaceRegistry(scene.Open());
        Assert.Equal(["old", "shop"], registry.FindNames([]));
        var removed = Assert.Single(await registry.UnregisterAsync([NamePattern.Simple("shop")], TimeSpan.FromSeconds(5), Cancellation));

        Assert.Equal(("shop", MarketplaceStatus.Removed), (removed.Name, removed.Status));
        Assert.Equal(before, System.IO.File.ReadAllText(scene.ListFile));
        var missing = await Assert.ThrowsAsync<SkillMeatException>(() => registry.UnregisterAsync([NamePattern.Simple("shop")], TimeSpan.FromSeconds(5), Cancellation));
        Assert.Equal(ErrorIds.MarketplaceNotFound, missing.ErrorId);
        Assert.Contains("'/nowhere/at/all' does not exist", (await scene.ReadAsync()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_registrations_at_once_lose_none()
    {
        await using var scene = await StartAsync();
        for (var i = 0; i < 20; i++) scene.Write($"m{i}/skills/s/SKILL.md", Skill("s"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => scene.RegisterAsync($"./m{i}"))));

        Assert.Equal(20, new MarketplaceRegistry(scene.Open()).FindNames([]).Count);
    }
}

using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>Settings: collections, tags, MCP servers and the theme.</summary>
public sealed class SettingsTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task A_collection_is_created_renamed_described_and_deleted()
    {
        await stage.VisitAsync("/settings", async page =>
        {
            await page.Button("New").ClickAsync();
            var dialog = page.OpenDialog("New collection");
            await dialog.GetByLabel("Name").FillAsync("drafts");
            await dialog.Button("Create").ClickAsync();
            await page.ExpectToastAsync("The collection “drafts” was created");
            await page.GetByRole(AriaRole.Navigation, new() { Name = "Screens" }).GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
            await page.ChooseAsync(page.Button("Actions for drafts"), "Rename and describe");
            dialog = page.OpenDialog("Edit drafts");
            await dialog.GetByLabel("Name").FillAsync("sketches");
            await dialog.GetByLabel("Description").FillAsync("Not finished yet");
            await dialog.Button("Save").ClickAsync();
            await page.ExpectToastAsync("The collection was saved");
            await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.Link("sketches") })).ToContainTextAsync("Not finished yet");
            await page.ChooseAsync(page.Button("Actions for sketches"), "Make it the active one");
            await page.ExpectToastAsync("“sketches” is the active collection");
            Assert.True(Directory.Exists(Path.Combine(stage.Home, "collections", "sketches")));
            await page.ChooseAsync(page.Button("Actions for default"), "Make it the active one");
            await page.ExpectToastAsync("“default” is the active collection");
            await page.ChooseAsync(page.Button("Actions for sketches"), "Delete");
            await page.Question("Delete “sketches”?").Button("Delete").ClickAsync();
            await page.ExpectToastAsync("The collection “sketches” was deleted");
            await Expect(page.Button("Actions for sketches")).ToHaveCountAsync(0);
            // Its snapshots stay.
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Deleted collections" }).GetByRole(AriaRole.Link, new() { Name = "sketches" })).ToBeVisibleAsync();
        });
        Assert.False(Directory.Exists(Path.Combine(stage.Home, "collections", "sketches")));
    }

    [BrowserFact]
    public async Task Tags_and_servers_of_the_manifest_are_added_and_deleted()
    {
        await stage.VisitAsync("/settings", async page =>
        {
            var tags = page.GetByRole(AriaRole.Region, new() { Name = "Tags of default" });
            await tags.GetByLabel("Name").FillAsync("urgent");
            await tags.GetByLabel("Description").FillAsync("Now");
            await tags.Button("Add").ClickAsync();
            await Expect(tags.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Now"]);
            var servers = page.GetByRole(AriaRole.Region, new() { Name = "MCP servers of default" });
            await servers.GetByLabel("Name").FillAsync("files");
            await servers.GetByLabel("Repository").FillAsync("octo/mcp-files");
            await servers.Button("Add").ClickAsync();
            await Expect(servers.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["octo/mcp-files"]);
            Assert.Contains("octo/mcp-files", await stage.SkmAsync("mcp", "list"), StringComparison.Ordinal);
            await tags.Button("Delete the tag urgent").ClickAsync();
            await page.Question("Delete the tag “urgent”?").Button("Delete").ClickAsync();
            await Expect(tags.GetByText("No tag is described yet.")).ToBeVisibleAsync();
            await servers.Button("Delete the MCP server files").ClickAsync();
            await page.Question("Delete the MCP server “files”?").Button("Delete").ClickAsync();
            await Expect(servers.GetByText("The manifest names no MCP server.")).ToBeVisibleAsync();
        });
    }

    [BrowserFact]
    public async Task A_preference_is_saved_and_put_back_to_its_default()
    {
        var config = Path.Combine(stage.Home, "config.toml");
        await stage.VisitAsync("/settings", async page =>
        {
            var snapshots = page.GetByLabel("Automatic snapshots to keep");
            await snapshots.FillAsync("7");
            await page.Button("Save").ClickAsync();
            await page.ExpectToastAsync("The preferences were saved");
            Assert.Contains("keep-automatic-snapshots = 7", await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await snapshots.ClearAsync();
            await page.Button("Save").ClickAsync();
            await Eventually.TrueAsync(async () => !(await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken)).Contains("keep-automatic-snapshots", StringComparison.Ordinal));
            await page.ReloadAsync();
            await Expect(page.GetByLabel("Automatic snapshots to keep")).ToHaveValueAsync("");
        });
    }

    [BrowserFact]
    public Task The_theme_is_chosen_and_remembered() => stage.VisitAsync("/settings", async page =>
    {
        var light = await BackgroundAsync(page);
        await page.GetByRole(AriaRole.Region, new() { Name = "Appearance" }).GetByText("Dark").ClickAsync();
        await Eventually.TrueAsync(async () => await BackgroundAsync(page) != light);
        var dark = await BackgroundAsync(page);
        await page.ReloadAsync();
        await Expect(page.Heading("Settings")).ToBeVisibleAsync();
        Assert.Equal(dark, await BackgroundAsync(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GetByRole(AriaRole.Region, new() { Name = "Appearance" }).GetByText("Light").ClickAsync();
        await Eventually.TrueAsync(async () => await BackgroundAsync(page) == light);
    });

    [BrowserFact]
    public Task The_cache_is_built_again_and_cleared() => stage.VisitAsync("/settings", async page =>
    {
        var cache = page.GetByRole(AriaRole.Region, new() { Name = "Cache" });
        await cache.Button("Build again").ClickAsync();
        await page.ExpectToastAsync("The cache was built again");
        await Expect(cache).ToContainTextAsync("ready");
        await cache.Button("Clear").ClickAsync();
        await page.Question("Clear the cache?").Button("Clear").ClickAsync();
        await page.ExpectToastAsync("The cache was cleared");
    });

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}

using System.Diagnostics;
using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>The page beside other browsers, other programs and a service that comes and goes.</summary>
public sealed class TogetherTests(Stage stage) : IClassFixture<Stage>
{
    /// <summary>Two seconds are the aim, and what the tests of the service hold it to; a busy machine gets more here.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 10_000 };

    [BrowserFact]
    public async Task A_change_in_one_browser_reaches_another_soon()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync($"{shelf.Path}/groups", async one => await stage.VisitAsync($"{shelf.Path}/groups", async other =>
        {
            await Expect(other.GetByText("No groups yet")).ToBeVisibleAsync();
            await one.Button("Create the first group").ClickAsync();
            await one.OpenDialog("New group").GetByLabel("Name").FillAsync("Shared");
            await one.OpenDialog("New group").Button("Create").ClickAsync();
            await one.ExpectToastAsync("The group “Shared” was created");
            await ExpectSoonAsync(other.Group("Shared"), "The change of the other browser");
        }));
    }

    [BrowserFact]
    public async Task A_change_by_another_program_reaches_the_page_soon()
    {
        var shelf = await Shelf.MakeAsync(stage);
        var folder = Path.GetDirectoryName(stage.Write("more/poems/SKILL.md", "---\nname: poems\ndescription: Rhymes\n---\n"))!;
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
            await stage.SkmAsync("add", folder, "--collection", shelf.Collection);
            await ExpectSoonAsync(page.ArtifactRow("poems"), "The artifact that skm added");
            // An editor is a program, too.
            var manifest = Path.Combine(stage.Home, "collections", shelf.Collection, "collection.toml");
            var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(manifest, text.Replace("Keeps minutes", "Written by an editor", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await ExpectSoonAsync(page.GetByText("Written by an editor"), "The edit");
        });
    }

    [BrowserFact]
    public async Task A_stale_edit_is_told_and_neither_text_is_lost()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await shelf.GroupAsync("Ours");
        await stage.VisitAsync($"{shelf.Path}/groups", async page =>
        {
            await page.ChooseAsync(page.Button("Actions for Ours"), "Edit");
            var dialog = page.OpenDialog("Edit Ours");
            await dialog.GetByLabel("Name").FillAsync("Mine");
            await stage.Api.SendAsync(HttpMethod.Put, $"{shelf.Path[1..]}/groups/Ours", new { description = "From somebody else" });
            await dialog.Button("Save").ClickAsync();
            await Expect(dialog.GetByText("The group was changed elsewhere since you opened it.")).ToBeVisibleAsync();
            await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Mine");
            await dialog.Button("Save").ClickAsync();
            await page.ExpectToastAsync("The group was saved");
            await Expect(page.Group("Mine")).ToContainTextAsync("From somebody else");
        }, new VisitOptions { Expected = ["412"] });
    }

    private static async Task ExpectSoonAsync(ILocator change, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        await Expect(change).ToBeVisibleAsync(Soon);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what} was shown after {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F0} ms.");
    }
}

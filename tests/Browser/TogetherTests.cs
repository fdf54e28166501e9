using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>The page beside other browsers, other programs and a service that comes and goes.</summary>
public sealed class TogetherTests(Stage stage) : IClassFixture<Stage>
{
    /// <summary>Two seconds are the promise; one more is for the browser that draws it and the test that looks.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(3);

    /// <summary>Where more programs want to run than the machine has processors for, the time says nothing about the page: then the change must come, and the time is written.</summary>
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(10);

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
        await Expect(change).ToBeVisibleAsync(new() { Timeout = (float)WhenBusy.TotalMilliseconds });
        var time = Stopwatch.GetElapsedTime(begun);
        var isBusy = IsBusy();
        TestContext.Current.TestOutputHelper?.WriteLine($"{what} was shown after {time.TotalMilliseconds:F0} ms{(isBusy ? ", on a busy machine" : "")}.");
        Assert.True(isBusy || time <= Promised, $"{what} was shown after {time.TotalMilliseconds:F0} ms; at most {Promised.TotalMilliseconds:F0} are allowed.");
    }

    // Of the last minute, which includes the tests beside this one. Systems that do not tell count as busy.
    private static bool IsBusy() =>
        !File.Exists("/proc/loadavg") || double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) > 2 * Environment.ProcessorCount;
}

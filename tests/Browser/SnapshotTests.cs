using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>Snapshots: taken, compared and restored.</summary>
public sealed class SnapshotTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task A_snapshot_is_taken_compared_and_restored_after_a_preview()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync($"{shelf.Path}/snapshots", async page =>
        {
            await page.Button("Take a snapshot").ClickAsync();
            var dialog = page.OpenDialog("Take a snapshot");
            await dialog.GetByLabel("Message").FillAsync("Before the mistake");
            await dialog.Button("Take it").ClickAsync();
            await page.ExpectToastAsync("A snapshot was taken");
            var card = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Before the mistake" });
            await Expect(card).ToBeVisibleAsync();

            await stage.Api.SendAsync(HttpMethod.Delete, $"{shelf.Path[1..]}/artifacts/skill:pdf");
            await page.ChooseAsync(card.Button("More actions for the snapshot"), "Compare");
            dialog = page.OpenDialog("Compare snapshots");
            await Expect(dialog.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Removed"]);
            await page.Keyboard.PressAsync("Escape");

            await card.Button("Restore").ClickAsync();
            dialog = page.OpenDialog("Restore a snapshot");
            await Expect(dialog.GetByRole(AriaRole.List, new() { Name = "Artifacts that would change" }).GetByRole(AriaRole.Listitem)).ToContainTextAsync(["pdf"]);
            Assert.False(File.Exists(shelf.File("pdf")));
            await dialog.Button("Restore everything").ClickAsync();
            await page.ExpectToastAsync("The snapshot was restored");
        });
        Assert.True(File.Exists(shelf.File("pdf")));
    }

    [BrowserFact]
    public async Task A_snapshot_tells_its_changes_and_is_verified_and_deleted()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.Api.SendAsync(HttpMethod.Delete, $"{shelf.Path[1..]}/artifacts/skill:pdf");
        await stage.Api.SendAsync(HttpMethod.Post, $"{shelf.Path[1..]}/snapshots", new { message = "To be deleted" });
        await stage.VisitAsync($"{shelf.Path}/snapshots", async page =>
        {
            var card = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "To be deleted" });
            await card.Button("Changes").ClickAsync();
            await Expect(card.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["pdf"]);
            await Expect(card.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Removed"]);
            var oldest = page.GetByRole(AriaRole.Article).Last;
            await oldest.Button("Changes").ClickAsync();
            await Expect(oldest.GetByText("This is the oldest snapshot.")).ToBeVisibleAsync();
            await page.ChooseAsync(card.Button("More actions for the snapshot"), "Verify");
            await page.ExpectToastAsync("The snapshot is sound");
            await page.ChooseAsync(card.Button("More actions for the snapshot"), "Delete");
            await page.Question("Delete this snapshot?").Button("Delete").ClickAsync();
            await page.ExpectToastAsync("The snapshot was deleted");
            await Expect(card).ToHaveCountAsync(0);
        });
    }
}

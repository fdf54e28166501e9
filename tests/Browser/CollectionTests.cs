using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>The artifacts of a collection: found, sorted, updated, added and removed.</summary>
public sealed class CollectionTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task Artifacts_are_found_filtered_and_sorted()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await page.ExpectArtifactsAsync("notes", "pdf", "standup", "tables");
            await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search artifacts" }).PressSequentiallyAsync("minutes");
            await page.ExpectArtifactsAsync("notes");
            await page.Button("Clear the search").ClickAsync();
            await page.GetByLabel("Type").SelectOptionAsync("Commands");
            await page.ExpectArtifactsAsync("standup");
            // The filters are in the address, so that a reload shows the same.
            await page.ReloadAsync();
            await page.ExpectArtifactsAsync("standup");
            await page.Button("Clear").ClickAsync();
            await page.GetByLabel("Tag").SelectOptionAsync("documents");
            await page.ExpectArtifactsAsync("notes", "pdf");
            await page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" }).GetByRole(AriaRole.Button).ClickAsync();
            await page.ExpectArtifactsAsync("pdf", "notes");
            await page.GetByLabel("Status").SelectOptionAsync("Gone upstream");
            await Expect(page.GetByText("Nothing fits these filters")).ToBeVisibleAsync();
            await page.Button("Clear the filters").ClickAsync();
            await page.GetByLabel("Sort", new() { Exact = true }).SelectOptionAsync("Sort by type");
            await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Type" })).ToHaveAttributeAsync("aria-sort", "ascending");
            await page.ExpectArtifactsAsync("standup", "notes", "pdf", "tables");
        });
    }

    [BrowserFact]
    public async Task A_tag_with_a_comma_is_chosen_and_an_edited_description_keeps_its_line_ends()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.Api.SendAsync(HttpMethod.Put, $"collections/{shelf.Collection}/artifacts/skill:pdf", new { tags = new[] { "office, pdf" }, description = "One\r\nTwo" });
        await stage.Api.SendAsync(HttpMethod.Put, $"collections/{shelf.Collection}/artifacts/skill:notes", new { tags = new[] { "office", "pdf" } });
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await page.ExpectArtifactsAsync("notes", "pdf", "standup", "tables");
            await page.GetByLabel("Tag").SelectOptionAsync(new SelectOptionValue { Value = "office, pdf" });
            await page.ExpectArtifactsAsync("pdf");
            await page.GotoAsync($"{shelf.Path}/artifacts/skill:pdf");
            await page.ChooseAsync(page.Button("More actions"), "Edit the details");
            var dialog = page.OpenDialog("Edit pdf");
            await dialog.GetByLabel("Description").PressAsync("Control+End");
            await dialog.GetByLabel("Description").PressSequentiallyAsync("!\nThree");
            await dialog.Button("Save").ClickAsync();
            await page.ExpectToastAsync("The details were saved");
        });
        Assert.Equal("One\r\nTwo!\r\nThree", (await stage.Api.GetAsync($"collections/{shelf.Collection}/artifacts/skill:pdf")).GetProperty("artifact").GetProperty("description").GetString());
    }

    [BrowserFact]
    public async Task A_refresh_says_what_is_gone_upstream_and_shows_it()
    {
        var shelf = await Shelf.MakeAsync(stage);
        shelf.Withdraw("notes");
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
            await page.Button("Refresh").ClickAsync();
            await page.ExpectToastAsync("1 artifact is gone upstream; your copy stays.");
            await page.Button("Show what is gone").ClickAsync();
            await page.ExpectArtifactsAsync("notes");
            await Expect(page.GetByLabel("Status")).ToHaveValueAsync("deleted");
        });
    }

    [BrowserFact]
    public async Task Cards_show_the_same_and_the_browser_remembers_them()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await page.GetByTitle("Cards").ClickAsync();
            var cards = page.GetByRole(AriaRole.List, new() { Name = "Artifacts" }).GetByRole(AriaRole.Listitem);
            await Expect(cards).ToHaveCountAsync(4);
            await page.ReloadAsync();
            await Expect(cards.First).ToContainTextAsync("Keeps minutes");
            await cards.First.GetByRole(AriaRole.Link).PressAsync("ArrowDown");
            await Expect(cards.Nth(1).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Heading("pdf").First).ToBeVisibleAsync();
        });
    }

    [BrowserFact]
    public async Task A_refresh_shows_what_it_does_and_the_update_is_compared_and_taken()
    {
        var shelf = await Shelf.MakeAsync(stage);
        shelf.Publish("pdf", "1.1.0", "one\ntwo\nthree\nfour");
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
            stage.DelayGitHub(TimeSpan.FromMilliseconds(400));
            await page.Button("Refresh").ClickAsync();
            var busy = page.Button("Refreshing");
            await Expect(busy).ToBeDisabledAsync();
            await Expect(busy).ToHaveAttributeAsync("aria-busy", "true");
            stage.DelayGitHub(TimeSpan.Zero);
            await page.ExpectToastAsync("Collections refreshed");
            await page.ExpectToastAsync("1 update available.");
            await Expect(page.Button("Refresh")).ToBeEnabledAsync();
            await Expect(page.GetByText("Last updated just now").Filter(new() { Visible = true })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Update available 1 artifacts" })).ToBeVisibleAsync();
            await Expect(page.ArtifactRow("notes")).ToContainTextAsync("Up to date");

            await page.Button("Update available for pdf: compare the versions").ClickAsync();
            var dialog = page.OpenDialog("Update pdf");
            await Expect(dialog.GetByText("A safe update")).ToBeVisibleAsync();
            await Expect(dialog.GetByText("1.0.0", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(dialog.GetByText("1.1.0", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(dialog.GetByRole(AriaRole.Row).Filter(new() { HasText = "Added: four" })).ToBeVisibleAsync();
            Assert.DoesNotContain("four", await File.ReadAllTextAsync(shelf.File("pdf"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await dialog.Button("Update").ClickAsync();
            await page.ExpectToastAsync("pdf was updated");
            await Expect(dialog).ToBeHiddenAsync();
            await Expect(page.ArtifactRow("pdf")).ToContainTextAsync("Up to date");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Update available" })).ToHaveCountAsync(0);
        });
        Assert.Contains("four", await File.ReadAllTextAsync(shelf.File("pdf"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData("r")]
    [InlineData("Control+r")]
    public async Task A_key_refreshes_instead_of_reloading_the_page(string key)
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
            await page.EvaluateAsync("() => { window.isSame = true; }");
            // In a field, R is a letter.
            var search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search artifacts" });
            await search.PressSequentiallyAsync("rows");
            await page.ExpectArtifactsAsync("tables");
            await search.PressAsync("Escape");
            await page.ExpectArtifactsAsync("notes", "pdf", "standup", "tables");
            await Expect(page.GetByText("Collections refreshed")).ToHaveCountAsync(0);
            await page.Heading(shelf.Collection).ClickAsync();
            await page.Keyboard.PressAsync(key);
            await page.ExpectToastAsync("Collections refreshed");
            Assert.True(await page.EvaluateAsync<bool>("() => window.isSame === true"), "The page was loaded again.");
        });
    }

    [BrowserFact]
    public async Task Artifacts_are_added_after_a_preview_into_a_group()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await shelf.GroupAsync("Fresh");
        var other = await Shelf.MakeAsync(stage);
        other.Publish("poems", "1.0.0", "Rhymes.");
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await page.Button("Add").ClickAsync();
            var dialog = page.OpenDialog("Add artifacts");
            await dialog.GetByLabel("Where from").FillAsync(other.Repository);
            await dialog.Button("Look").ClickAsync();
            await dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "poems" }).ClickAsync();
            await dialog.GetByLabel("Group", new() { Exact = true }).SelectOptionAsync("Group: Fresh");
            await dialog.Button("Preview").ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.List, new() { Name = "Artifacts that would come" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
            await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Add") }).ClickAsync();
            await Expect(dialog).ToBeHiddenAsync();
            await page.ExpectToastAsync("1 artifact added");
            await page.GetByLabel("Group", new() { Exact = true }).SelectOptionAsync("Fresh");
            await page.ExpectArtifactsAsync("poems");
        });
    }

    [BrowserFact]
    public async Task Selected_artifacts_are_removed_after_a_question_and_can_be_restored()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await page.GetByLabel("Select pdf").CheckAsync();
            await page.GetByLabel("Select notes").CheckAsync();
            var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected artifacts" });
            await Expect(bar).ToContainTextAsync("2 selected");
            await bar.Button("Remove").ClickAsync();
            await page.Question("Remove 2 artifacts?").Button("Remove").ClickAsync();
            await page.ExpectToastAsync("2 artifacts removed");
            await page.ExpectArtifactsAsync("standup", "tables");
            await Expect(bar).ToBeHiddenAsync();
        });
        Assert.False(File.Exists(shelf.File("pdf")));
    }
}

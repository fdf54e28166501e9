using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>Groups: made, changed, sorted and filled, by mouse and by keyboard.</summary>
public sealed class GroupTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task A_group_is_created_renamed_coloured_and_deleted()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync($"{shelf.Path}/groups", async page =>
        {
            await page.Button("Create the first group").ClickAsync();
            var dialog = page.OpenDialog("New group");
            await dialog.GetByLabel("Name").FillAsync("Documents");
            await dialog.GetByTitle("Green").ClickAsync();
            await dialog.Button("Create").ClickAsync();
            await page.ExpectToastAsync("The group “Documents” was created");
            await page.ChooseAsync(page.Button("Actions for Documents"), "Edit");
            dialog = page.OpenDialog("Edit Documents");
            await Expect(dialog.GetByRole(AriaRole.Radio, new() { Name = "Green" })).ToBeCheckedAsync();
            await dialog.GetByLabel("Name").FillAsync("Papers");
            await dialog.GetByLabel("Description").FillAsync("All on paper");
            await dialog.GetByTitle("Red").ClickAsync();
            await dialog.Button("Save").ClickAsync();
            await Expect(page.Group("Papers")).ToContainTextAsync("All on paper");
            Assert.Equal(["Papers:"], await shelf.GroupsAsync());
            await page.ChooseAsync(page.Button("Actions for Papers"), "Delete the group");
            await page.Question("Delete the group “Papers”?").Button("Delete").ClickAsync();
            await Expect(page.GetByText("No groups yet")).ToBeVisibleAsync();
        });
        Assert.Empty(await shelf.GroupsAsync());
    }

    [BrowserFact]
    public async Task Groups_are_sorted_by_mouse_and_by_keyboard()
    {
        var shelf = await Shelf.MakeAsync(stage);
        foreach (var name in new[] { "One", "Two", "Three" }) await shelf.GroupAsync(name);
        await stage.VisitAsync($"{shelf.Path}/groups", async page =>
        {
            var groups = page.GetByRole(AriaRole.List, new() { Name = "3 groups" }).GetByRole(AriaRole.Heading);
            await Expect(groups).ToHaveTextAsync(["One", "Two", "Three"]);
            await DragAsync(page, page.Button("Move the group Three"), page.Button("Move the group One"));
            await Expect(groups).ToHaveTextAsync(["Three", "One", "Two"]);
            await Eventually.TrueAsync(async () => (await shelf.GroupsAsync()) is ["Three:", "One:", "Two:"]);
            var handle = page.Button("Move the group Three");
            await handle.FocusAsync();
            await page.Keyboard.PressAsync("Space");
            await Expect(page.GetByText("the group Three").Last).ToBeAttachedAsync();
            await page.Keyboard.PressAsync("ArrowRight");
            await Expect(page.GetByText("the group Three is over the group One.")).ToBeAttachedAsync();
            await page.Keyboard.PressAsync("Space");
            await Expect(groups).ToHaveTextAsync(["One", "Three", "Two"]);
            await Eventually.TrueAsync(async () => (await shelf.GroupsAsync()) is ["One:", "Three:", "Two:"]);
            await page.ChooseAsync(page.Button("Actions for Two"), "Move before the previous");
            await Expect(groups).ToHaveTextAsync(["One", "Two", "Three"]);
            await Eventually.TrueAsync(async () => (await shelf.GroupsAsync()) is ["One:", "Two:", "Three:"]);
        });
    }

    [BrowserFact]
    public async Task An_artifact_is_dragged_into_groups_and_sorted_there()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await shelf.GroupAsync("First", "skill:tables");
        await shelf.GroupAsync("Second");
        await stage.VisitAsync($"{shelf.Path}/groups", async page =>
        {
            await DragAsync(page, OnShelf(page, "pdf"), page.Group("Second"));
            await Expect(page.Group("Second").GetByRole(AriaRole.Link, new() { Name = "pdf" })).ToBeVisibleAsync();
            await DragAsync(page, OnShelf(page, "notes"), page.Group("First").GetByRole(AriaRole.Link, new() { Name = "tables" }));
            await Expect(page.GetByRole(AriaRole.List, new() { Name = "Members of First" }).GetByRole(AriaRole.Link)).ToHaveTextAsync(["notes", "tables"]);
            await Eventually.TrueAsync(async () => (await shelf.GroupsAsync()) is ["First: skill:notes skill:tables", "Second: skill:pdf"]);
            await DragAsync(page, page.Group("First").Button("Move tables"), page.Group("Second").GetByRole(AriaRole.Link, new() { Name = "pdf" }));
            await Eventually.TrueAsync(async () => (await shelf.GroupsAsync()) is ["First: skill:notes", "Second: skill:tables skill:pdf"]);
            await page.ChooseAsync(page.Button("Actions for pdf in Second"), "Move up");
            await Eventually.TrueAsync(async () => (await shelf.GroupsAsync()) is ["First: skill:notes", "Second: skill:pdf skill:tables"]);
        });
    }

    [BrowserFact]
    public async Task An_artifact_is_dragged_to_another_collection()
    {
        var shelf = await Shelf.MakeAsync(stage);
        var other = await stage.CollectionAsync();
        await stage.VisitAsync($"{shelf.Path}/groups", async page =>
        {
            var places = page.GetByRole(AriaRole.Region, new() { Name = "Other collections" });
            await DragAsync(page, OnShelf(page, "notes"), places.GetByRole(AriaRole.Listitem).Filter(new() { HasText = other }));
            await page.ExpectToastAsync($"skill:notes was moved to “{other}”");
            await Expect(OnShelf(page, "notes")).ToHaveCountAsync(0);
        });
        Assert.False(File.Exists(shelf.File("notes")));
        Assert.True(File.Exists(Path.Combine(stage.Home, "collections", other, "skills", "notes", "SKILL.md")));
    }

    private static ILocator OnShelf(IPage page, string name) =>
        page.GetByRole(AriaRole.Region, new() { Name = "Artifacts of the collection" }).GetByRole(AriaRole.Button, new() { NameRegex = new($"^Move .*{name}") });

    // Playwright's own drag moves too fast for a drag that begins after a distance.
    private static async Task DragAsync(IPage page, ILocator from, ILocator to)
    {
        await from.HoverAsync();
        await page.Mouse.DownAsync();
        var start = (await from.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(start.X + (start.Width / 2) + 12, start.Y + (start.Height / 2) + 4, new() { Steps = 4 });
        var end = (await to.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(end.X + (end.Width / 2), end.Y + (end.Height / 2), new() { Steps = 12 });
        await page.WaitForTimeoutAsync(150);
        await page.Mouse.UpAsync();
    }
}

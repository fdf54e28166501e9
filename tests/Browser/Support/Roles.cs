using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>Finds things by the roles and names that people and screen readers know them by.</summary>
internal static class Roles
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public static ILocator OpenDialog(this IPage page, string name) => page.GetByRole(AriaRole.Dialog, new() { Name = name, Exact = true });

    /// <summary>The question before something is taken away.</summary>
    public static ILocator Question(this IPage page, string name) => page.GetByRole(AriaRole.Alertdialog, new() { Name = name, Exact = true });

    public static ILocator MenuItem(this IPage page, string name) => page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true });

    public static ILocator Tab(this IPage page, string name) => page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true });

    /// <summary>The row of the table of artifacts that holds a link with the name.</summary>
    public static ILocator ArtifactRow(this IPage page, string name) =>
        page.GetByRole(AriaRole.Table, new() { Name = "Artifacts" }).GetByRole(AriaRole.Row).Filter(new() { Has = page.Link(name) });

    /// <summary>A group on the board.</summary>
    public static ILocator Group(this IPage page, string name) => page.GetByRole(AriaRole.Listitem, new() { Name = name, Exact = true });

    /// <summary>Expects the artifacts of the table, in this order.</summary>
    public static Task ExpectArtifactsAsync(this IPage page, params string[] names) =>
        Expect(page.GetByRole(AriaRole.Table, new() { Name = "Artifacts" }).GetByRole(AriaRole.Row).GetByRole(AriaRole.Link)).ToHaveTextAsync(names);

    /// <summary>Expects a notification with the text.</summary>
    public static Task ExpectToastAsync(this IPage page, string text) =>
        Expect(page.GetByRole(AriaRole.Region, new() { NameString = "Notifications" }).GetByText(text).First).ToBeVisibleAsync();

    /// <summary>Opens a menu and chooses an item of it.</summary>
    public static async Task ChooseAsync(this IPage page, ILocator menu, string item)
    {
        await menu.ClickAsync();
        await page.MenuItem(item).ClickAsync();
    }
}

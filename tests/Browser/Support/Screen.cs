using Microsoft.Playwright;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A screen of the page, how to get there, and the text that shows that it is all there.</summary>
internal sealed record Screen(string Name, string Path, string Ready, Func<IPage, Task>? Open = null)
{
    /// <summary>The picture in the documentation, with its theme; null for none.</summary>
    public (string File, ColorScheme Scheme)? Picture { get; init; }

    private static readonly LocatorWaitForOptions Seen = new() { State = WaitForSelectorState.Visible };

    /// <summary>All screens, and the dialogs that are as large as screens, of the demo home.</summary>
    public static IReadOnlyList<Screen> All { get; } =
    [
        new("artifacts", "/collections/default", "accessibility-audit") { Picture = ("page-artifacts", ColorScheme.Light) },
        new("cards", "/collections/default", "accessibility-audit", page => page.GetByRole(AriaRole.Radio, new() { Name = "Cards" }).CheckAsync(new() { Force = true })),
        new("updates", "/collections/default", "Keep signed fields as they are.", async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Update available for pdf-forms: compare the versions" }).ClickAsync();
            await page.GetByText("A safe update").WaitForAsync(Seen);
        }) { Picture = ("page-update", ColorScheme.Light) },
        new("add", "/collections/default", "In the collection", async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
            await page.GetByLabel("Where from").FillAsync("northwind/writing");
            await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        }),
        new("artifact", "/collections/default/artifacts/skill:pdf-forms", "Use scripts/fill.py for forms."),
        new("files", "/collections/default/artifacts/skill:pdf-forms/files", "Fills PDF forms and extracts tables"),
        new("history", "/collections/default/artifacts/skill:pdf-forms/history", "Compare with now"),
        new("artifact-deployments", "/collections/default/artifacts/skill:release-notes/deployments", "See the drift"),
        new("conflicts", "/collections/default/artifacts/skill:code-review/conflicts", "Conflict 1 of") { Picture = ("page-conflict", ColorScheme.Light) },
        new("groups", "/collections/default/groups", "Before something is merged") { Picture = ("page-groups", ColorScheme.Dark) },
        new("snapshots", "/collections/default/snapshots", "Before the spring clean-up"),
        new("deployments", "/deployments", "Edited in project"),
        new("sync", "/deployments", "skill:code-review in webshop", async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Sync", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        }),
        new("deploy", "/collections/default/artifacts/skill:pdf-forms", "Stays as it is", async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByLabel("Project").SelectOptionAsync("webshop");
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        }),
        new("edit", "/collections/default/artifacts/skill:pdf-forms", "Tags, one on each line", async page =>
        {
            await page.GetByText("Use scripts/fill.py for forms.").WaitForAsync(Seen);
            await page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit the details" }).ClickAsync();
        }),
        new("marketplace", "/marketplace", "Writes letters that get an answer."),
        new("settings", "/settings", "octo/mcp-files"),
        new("search", "/collections/default", "Explains query plans, and proposes indexes.", async page =>
        {
            await page.GetByRole(AriaRole.Table, new() { Name = "Artifacts" }).WaitForAsync(Seen);
            await page.Keyboard.PressAsync("Control+k");
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Search artifacts, collections and screens" }).FillAsync("query plans");
        }),
        new("missing", "/collections/nothing", "There is no collection “nothing”"),
    ];

    /// <summary>Goes there and waits until everything is shown.</summary>
    public async Task ShowAsync(IPage page)
    {
        if (Open is not null) await Open(page);
        await page.GetByText(Ready).Filter(new() { Visible = true }).First.WaitForAsync(Seen);
        await page.WaitForFunctionAsync("() => document.fonts.status === 'loaded' && !document.querySelector('[aria-busy=true]')");
    }
}

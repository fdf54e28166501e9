using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>Copies in projects: made, compared, pushed and pulled.</summary>
public sealed class DeploymentTests(Stage stage) : IClassFixture<Stage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [BrowserFact]
    public async Task A_project_is_added_and_an_artifact_deployed_after_a_preview()
    {
        var shelf = await Shelf.MakeAsync(stage);
        var folder = Directory.CreateDirectory(Path.Combine(stage.Place, "src", "shop")).FullName;
        await stage.VisitAsync("/deployments", async page =>
        {
            await page.Button("Add a project").First.ClickAsync();
            var dialog = page.OpenDialog("Add a project");
            await dialog.GetByLabel("Folder on the machine of the service").FillAsync(folder);
            await dialog.Button("Add").ClickAsync();
            await page.ExpectToastAsync("shop was added");
            await page.GotoAsync($"{shelf.Path}/artifacts/skill:pdf");
            await page.Button("Deploy").ClickAsync();
            dialog = page.OpenDialog("Deploy skill:pdf");
            await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Project" }).SelectOptionAsync("shop");
            await dialog.Button("Preview").ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.List, new() { Name = "Preview" })).ToContainTextAsync("Would be deployed");
            Assert.False(File.Exists(Copy(folder)));
            await dialog.Button("Deploy").ClickAsync();
            await page.ExpectToastAsync("1 artifact deployed to shop");
            await page.Tab("Deployments").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Tabpanel)).ToContainTextAsync("In sync");
        });
        Assert.True(File.Exists(Copy(folder)));
    }

    [BrowserFact]
    public async Task An_edit_in_a_project_is_compared_and_pushed()
    {
        var shelf = await Shelf.MakeAsync(stage);
        var (project, folder) = await DeployAsync(shelf);
        await File.AppendAllTextAsync(Copy(folder), "edited in the project\n", Cancellation);
        await stage.VisitAsync("/deployments", async page =>
        {
            await page.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(project);
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Edited in project") }).ClickAsync();
            await page.Button("See the drift of pdf").ClickAsync();
            var dialog = page.OpenDialog("skill:pdf");
            await Expect(dialog.GetByRole(AriaRole.Row).Filter(new() { HasText = "Added: edited in the project" })).ToBeVisibleAsync();
            await dialog.Button("To the collection").ClickAsync();
            await page.ExpectToastAsync("1 artifact brought into line");
            await Expect(dialog).ToBeHiddenAsync();
        });
        Assert.Contains("edited in the project", await File.ReadAllTextAsync(shelf.File("pdf"), Cancellation), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_newer_version_of_the_collection_is_pulled()
    {
        var shelf = await Shelf.MakeAsync(stage);
        var (project, folder) = await DeployAsync(shelf);
        await File.AppendAllTextAsync(shelf.File("pdf"), "newer in the collection\n", Cancellation);
        await stage.VisitAsync("/deployments", async page =>
        {
            await page.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(project);
            await Expect(page.GetByText("2 copies fit the filters")).ToBeVisibleAsync();
            var copy = page.GetByRole(AriaRole.List, new() { Name = "Deployments" }).GetByRole(AriaRole.Listitem).Filter(new() { Has = page.Link("pdf") });
            await Expect(copy).ToContainTextAsync("Outdated");
            await copy.GetByLabel("Select skill:pdf").CheckAsync();
            await page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected copies" }).Button("To the project").ClickAsync();
            await page.ExpectToastAsync("1 artifact brought into line");
            await Expect(copy).ToContainTextAsync("In sync");
            await page.Button("Sync").First.ClickAsync();
            var dialog = page.OpenDialog("Sync projects and collection");
            await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Project" }).SelectOptionAsync(project);
            await dialog.Button("Preview").ClickAsync();
            await Expect(dialog.GetByText("Everything is in sync.")).ToBeVisibleAsync();
        });
        Assert.Contains("newer in the collection", await File.ReadAllTextAsync(Copy(folder), Cancellation), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Copies_of_artifacts_with_an_update_upstream_are_counted_and_shown()
    {
        var shelf = await Shelf.MakeAsync(stage);
        var (project, _) = await DeployAsync(shelf);
        shelf.Publish("pdf", "1.1.0", "four");
        await stage.Api.SendAsync(HttpMethod.Post, $"collections/{shelf.Collection}/refresh?mode=check");
        await stage.VisitAsync("/deployments", async page =>
        {
            await page.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(project);
            await page.GetByRole(AriaRole.Button, new() { Name = "1 Updates upstream", Exact = true }).ClickAsync();
            await Expect(page.GetByText("1 copy fits the filters")).ToBeVisibleAsync();
            var list = page.GetByRole(AriaRole.List, new() { Name = "Deployments" });
            await Expect(list.GetByRole(AriaRole.Link, new() { Name = "pdf", Exact = true })).ToBeVisibleAsync();
            await Expect(list.GetByRole(AriaRole.Link, new() { Name = "notes", Exact = true })).ToHaveCountAsync(0);
            await page.ReloadAsync();
            await Expect(page.GetByText("1 copy fits the filters")).ToBeVisibleAsync();
        });
    }

    [BrowserFact]
    public async Task Own_folders_are_synced_from_the_dialog()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.Api.SendAsync(HttpMethod.Post, "projects/~/deploy", new { collection = shelf.Collection, artifacts = new[] { "skill:tables" }, profile = "claude_code" });
        await File.AppendAllTextAsync(shelf.File("tables"), "newer for me\n", Cancellation);
        await stage.VisitAsync("/deployments", async page =>
        {
            await Expect(page.Heading("My own folders")).ToBeVisibleAsync();
            await page.Button("Sync").First.ClickAsync();
            var dialog = page.OpenDialog("Sync projects and collection");
            await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Project" }).SelectOptionAsync("My own folders");
            await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Profile" }).SelectOptionAsync("claude_code");
            await dialog.Button("Preview").ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.List, new() { Name = "Preview" })).ToContainTextAsync("skill:tables in My own folders");
            await dialog.Button("Sync 1 copy").ClickAsync();
            await page.ExpectToastAsync("1 artifact brought into line");
        });
    }

    private async Task<(string Project, string Folder)> DeployAsync(Shelf shelf)
    {
        var project = stage.NewName("project");
        var folder = await stage.ProjectAsync(project);
        await stage.Api.SendAsync(HttpMethod.Post, $"projects/{project}/deploy", new { collection = shelf.Collection, artifacts = new[] { "skill:pdf", "skill:notes" } });
        return (project, folder);
    }

    private static string Copy(string folder) => Path.Combine(folder, ".claude", "skills", "pdf", "SKILL.md");
}

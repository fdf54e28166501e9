using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>An empty home leads to the first skill.</summary>
public sealed class FirstVisitTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task An_empty_home_leads_to_the_first_skill_from_a_folder()
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(stage.Write("mine/haiku/SKILL.md", "---\nname: haiku\ndescription: Writes a haiku.\n---\n# Haiku\n")))!;
        await stage.VisitAsync(stage.SignInAddress, async page =>
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Add your first skill" })).ToBeVisibleAsync();
            await page.GetByLabel("Repository, address or folder").FillAsync(folder);
            await page.GetByRole(AriaRole.Button, new() { Name = "Look there" }).ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add artifacts" });
            await Expect(dialog.GetByRole(AriaRole.Checkbox, new() { Name = "haiku" })).ToBeCheckedAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
            await Expect(dialog.GetByText("1 artifact would come. Nothing was added yet.")).ToBeVisibleAsync();
            Assert.False(File.Exists(Path.Combine(stage.Home, "collections", "default", "skills", "haiku", "SKILL.md")));
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Add 1 artifact" }).ClickAsync();
            await Expect(dialog).ToBeHiddenAsync();
            await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Artifacts" }).GetByRole(AriaRole.Link, new() { Name = "haiku" })).ToBeVisibleAsync();
        });
        Assert.True(File.Exists(Path.Combine(stage.Home, "collections", "default", "skills", "haiku", "SKILL.md")));
    }
}

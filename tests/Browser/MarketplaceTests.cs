using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>Marketplaces: registered, searched, and a source of artifacts.</summary>
public sealed class MarketplaceTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task A_marketplace_is_added_searched_and_gives_an_artifact()
    {
        stage.Write("shop/.claude-plugin/marketplace.json", """{"name": "shop", "owner": {"name": "Shop"}, "plugins": [{"name": "office", "source": "./office"}]}""");
        stage.Write("shop/office/skills/letters/SKILL.md", "---\nname: letters\ndescription: Writes letters\n---\n# Letters\n");
        stage.Write("shop/office/skills/minutes/SKILL.md", "---\nname: minutes\ndescription: Takes minutes\n---\n# Minutes\n");
        await stage.VisitAsync("/marketplace", async page =>
        {
            await page.Button("Add a marketplace").First.ClickAsync();
            var dialog = page.OpenDialog("Add a marketplace");
            await dialog.GetByLabel("Source").FillAsync(Path.Combine(stage.Place, "nothing"));
            await dialog.Button("Add").ClickAsync();
            // The problem is told at the field, and nothing that was typed is lost.
            await Expect(dialog.GetByLabel("Source")).ToHaveAttributeAsync("aria-invalid", "true");
            await dialog.GetByLabel("Source").FillAsync(Path.Combine(stage.Place, "shop"));
            await dialog.Button("Add").ClickAsync();
            await page.ExpectToastAsync("The marketplace was added");
            var artifacts = page.GetByRole(AriaRole.Region, new() { Name = "Artifacts" }).GetByRole(AriaRole.Heading);
            await Expect(artifacts).ToHaveTextAsync(["letters", "minutes"]);
            await page.GetByLabel("Search the marketplaces").FillAsync("letters");
            await Expect(artifacts).ToHaveTextAsync(["letters"]);
            await page.Button("Add letters").ClickAsync();
            await page.OpenDialog("Add artifacts").Button("Add 1 artifact").ClickAsync();
            await page.ExpectToastAsync("1 artifact added");
            await page.GetByRole(AriaRole.Link, new() { Name = "In the collection" }).ClickAsync();
            await Expect(page.Heading("letters").First).ToBeVisibleAsync();
            await page.GoBackAsync();
            await page.ChooseAsync(page.Button("More actions for shop"), "Remove");
            await page.Question("Remove shop?").Button("Remove").ClickAsync();
            await Expect(page.GetByText("No marketplace yet")).ToBeVisibleAsync();
        }, new VisitOptions { Expected = ["400", "404"] });
        Assert.True(File.Exists(Path.Combine(stage.Home, "collections", "default", "skills", "letters", "SKILL.md")));
    }
}

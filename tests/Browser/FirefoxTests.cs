using SkillMeat.Tests.Browser.Support;
using Xunit;

namespace SkillMeat.Tests.Browser;

/// <summary>Every screen once in Firefox, whose engine is another one; Chromium has the tests of everything else.</summary>
public sealed class FirefoxTests(DemoStage demo, Firefox firefox) : IClassFixture<DemoStage>, IClassFixture<Firefox>
{
    private const string Control = "\uE009";
    private const string Enter = "\uE007";

    /// <summary>The screens that have an address; the test below opens dialogs.</summary>
    public static TheoryData<string> Names => [.. Screen.All.Where(one => one.Open is null).Select(one => one.Name)];

    [FirefoxTheory]
    [MemberData(nameof(Names))]
    public Task A_screen_is_shown(string name)
    {
        var screen = Screen.All.First(one => one.Name == name);
        return firefox.VisitAsync(demo.Stage, screen.Path, async page =>
        {
            await page.SeeAsync(screen.Ready);
            await page.SeeElementAsync("main h1");
            await page.PictureAsync($"{screen.Name}-firefox");
        });
    }

    [FirefoxFact]
    public Task An_artifact_is_found_and_opened_and_its_update_compared() => firefox.VisitAsync(demo.Stage, "/collections/default", async page =>
    {
        await page.SeeElementAsync("[role=table][aria-label='Artifacts']");
        await page.PressAsync(Control, "k");
        await page.SeeElementAsync("[role=dialog] input[role=combobox]");
        await page.TypeAsync("query plans");
        // The table behind the dialog has the text, too.
        await page.TrueAsync("document.querySelector('[role=dialog]')?.innerText.includes('Explains query plans, and proposes indexes.') === true");
        await page.PictureAsync("search-firefox");
        await page.TypeAsync(Enter);
        await page.TrueAsync("decodeURIComponent(location.pathname).endsWith('/artifacts/skill:sql-explainer') && document.querySelector('main h1')?.innerText.includes('sql-explainer') === true");
        await page.GoToAsync(new Uri(demo.Stage.Url, "/collections/default").ToString());
        await page.ClickAsync("button[aria-label='Update available for pdf-forms: compare the versions']");
        await page.SeeAsync("A safe update");
        await page.PictureAsync("updates-firefox");
    });
}

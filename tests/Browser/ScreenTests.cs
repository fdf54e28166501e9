using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;

namespace SkillMeat.Tests.Browser;

/// <summary>Every screen, as a whole: for people who see little or use no mouse, on a phone, and in pictures.</summary>
public sealed class ScreenTests(DemoStage demo) : IClassFixture<DemoStage>
{
    public static TheoryData<string> Names => [.. Screen.All.Select(one => one.Name)];

    [BrowserTheory]
    [MemberData(nameof(Names))]
    public Task Axe_finds_no_violation_in_light_and_dark(string name)
    {
        var screen = Find(name);
        return demo.Stage.VisitAsync(screen.Path, async page =>
        {
            await screen.ShowAsync(page);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await Screenshots.TakeAsync(page, screen, scheme);
                // Only colours differ in the dark.
                var result = scheme == ColorScheme.Light ? await page.RunAxe() : await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast") });
                Assert.True(result.Violations.Length == 0, $"In {scheme}:\n" + string.Join('\n', result.Violations.Select(Describe)));
            }
        }, Options(screen));
    }

    [BrowserTheory]
    [MemberData(nameof(Names))]
    public Task A_narrow_phone_needs_no_horizontal_scrolling(string name)
    {
        var screen = Find(name);
        // A phone has no switch to cards.
        if (screen.Name is "cards") return Task.CompletedTask;
        return demo.Stage.VisitAsync(screen.Path, async page =>
        {
            await screen.ShowAsync(page);
            var wide = await page.EvaluateAsync<string[]>(
                """
                () => [document.scrollingElement, ...document.querySelectorAll('main, [role=dialog], [role=dialog] > :not(.sr-only)')]
                  .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible' || one === document.scrollingElement && one.scrollWidth > innerWidth)
                  .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth} of ${one.clientWidth}`)
                """);
            await page.ScreenshotAsync(new() { Path = Screenshots.File($"{screen.Name}-narrow"), Animations = ScreenshotAnimations.Disabled });
            Assert.Empty(wide);
        }, Options(screen) with { Width = 360, Height = 740 });
    }

    [BrowserTheory]
    [InlineData("artifacts")]
    [InlineData("conflicts")]
    public Task A_picture_on_a_phone(string name)
    {
        var screen = Find(name);
        return demo.Stage.VisitAsync(screen.Path, async page =>
        {
            await screen.ShowAsync(page);
            await page.ScreenshotAsync(new() { Path = Screenshots.File($"{screen.Name}-phone"), Animations = ScreenshotAnimations.Disabled });
        }, Options(screen) with { Width = 390, Height = 844 });
    }

    private static Screen Find(string name) => Screen.All.First(one => one.Name == name);

    // A collection that is not there is asked for once.
    private static VisitOptions Options(Screen screen) => new() { Expected = screen.Name == "missing" ? ["404"] : [] };

    private static string Describe(AxeResultItem violation) => $"{violation.Id} ({violation.Impact}): {violation.Help}\n{string.Join('\n', violation.Nodes.Select(Describe))}";

    private static string Describe(AxeResultNode node) =>
        $"    {node.Target}: {node.Html}\n      {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}";
}

using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>One artifact: its texts, files and history, and the conflicts of its update.</summary>
public sealed class ArtifactTests(Stage stage) : IClassFixture<Stage>
{
    private const string Hostile = """
        # Nice <script>document.title = 'hacked'; alert('one')</script>

        <script>alert('two')</script>

        <img src="x" onerror="alert('three')"> and <b>bold</b>

        [click me](javascript:alert('four')) and ![picture](http://127.0.0.1:9/beacon.png) and [a page](https://example.com/)

        <iframe src="javascript:alert('five')"></iframe>
        <svg onload="alert('six')"></svg>
        """;

    [BrowserFact]
    public async Task A_text_with_scripts_is_shown_as_text_and_never_runs()
    {
        var folder = Path.GetDirectoryName(stage.Write(
            "hostile/evil/SKILL.md", "---\nname: evil\ndescription: \"<img src=x onerror=alert(0)>\"\nauthor: \"<script>alert(7)</script>\"\ntags: [\"<b>tag</b>\"]\n---\n" + Hostile))!;
        stage.Write("hostile/evil/page.html", "<script>alert('eight')</script>");
        var collection = await stage.CollectionAsync();
        await stage.Api.SendAsync(HttpMethod.Post, $"collections/{collection}/artifacts", new { specs = new[] { folder } });
        // A visit fails on any dialog, on any refusal of the content security policy, and on a request to another host.
        await stage.VisitAsync($"/collections/{collection}", async page =>
        {
            await Expect(page.ArtifactRow("evil")).ToContainTextAsync("<img src=x onerror=alert(0)>");
            await page.Link("evil").ClickAsync();
            var text = page.GetByRole(AriaRole.Tabpanel, new() { Name = "Overview" });
            await Expect(text.GetByText("<script>alert('two')</script>")).ToBeVisibleAsync();
            await Expect(text).ToContainTextAsync("<img src=\"x\" onerror=\"alert('three')\">");
            await Expect(text.GetByText("click me")).ToBeVisibleAsync();
            await Expect(text.GetByRole(AriaRole.Link, new() { Name = "click me" })).ToHaveCountAsync(0);
            await Expect(text.GetByRole(AriaRole.Link, new() { Name = "a page (opens apart)" })).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
            await Expect(text.GetByRole(AriaRole.Img)).ToHaveCountAsync(0);
            await page.Tab("Files").ClickAsync();
            await page.Button("page.html 31 B").Or(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^page.html") })).First.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Text of page.html" })).ToContainTextAsync("<script>alert('eight')</script>");
            Assert.NotEqual("hacked", await page.TitleAsync());
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.querySelectorAll('main script, main iframe, main img, main [onerror], main [onload]').length"));
        });
    }

    [BrowserFact]
    public async Task Files_history_and_deployments_are_there_after_an_update()
    {
        var shelf = await Shelf.MakeAsync(stage);
        shelf.Publish("pdf", "1.1.0", "one\ntwo\nthree\nfour");
        await stage.Api.SendAsync(HttpMethod.Post, $"{shelf.Path[1..]}/artifacts/skill:pdf/update", new { strategy = "merge" });
        await stage.VisitAsync($"{shelf.Path}/artifacts/skill:pdf", async page =>
        {
            await Expect(page.GetByText("four")).ToBeVisibleAsync();
            await page.Tab("Files").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Text of SKILL.md" })).ToContainTextAsync("version: 1.1.0");
            await page.Tab("History").ClickAsync();
            await page.Button("Compare with now").First.ClickAsync();
            await Expect(page.OpenDialog("From this version to now").GetByRole(AriaRole.Row).Filter(new() { HasText = "Added: four" })).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await page.Tab("Deployments").ClickAsync();
            await Expect(page.GetByText("Not deployed")).ToBeVisibleAsync();
            // The tab is in the address.
            await page.ReloadAsync();
            await Expect(page.Tab("Deployments")).ToHaveAttributeAsync("aria-selected", "true");
        });
    }

    [BrowserFact]
    public async Task A_conflict_is_resolved_side_by_side_and_finished()
    {
        var shelf = await Shelf.MakeAsync(stage);
        var file = shelf.File("pdf");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancellation)).Replace("two", "mine", StringComparison.Ordinal), Cancellation);
        shelf.Publish("pdf", "1.0.0", "one\ntheirs\nthree");
        await stage.Api.SendAsync(HttpMethod.Post, $"{shelf.Path[1..]}/refresh?mode=check", new { });
        await stage.VisitAsync($"{shelf.Path}/artifacts/skill:pdf", async page =>
        {
            await page.Button("Update").ClickAsync();
            var dialog = page.OpenDialog("Update pdf");
            await Expect(dialog.GetByText("Your edits and the update touch the same lines")).ToBeVisibleAsync();
            await dialog.GetByRole(AriaRole.Link, new() { Name = "Resolve the conflicts" }).ClickAsync();
            await Expect(page.GetByText("with your edits")).ToBeVisibleAsync();
            await Expect(page.GetByText("the version that both began with")).ToBeVisibleAsync();
            await Expect(page.Button("Finish the update")).ToBeDisabledAsync();
            var conflicts = page.GetByRole(AriaRole.Group, new() { Name = "Conflicts", Exact = true }).GetByRole(AriaRole.Article);
            var result = page.GetByRole(AriaRole.Textbox, new() { Name = "Result" });
            for (var left = await conflicts.CountAsync(); left > 0; left--)
            {
                await conflicts.Nth(left - 1).GetByText("Both", new() { Exact = true }).ClickAsync();
            }

            await Expect(page.GetByText("Everything is resolved")).ToBeVisibleAsync();
            Assert.DoesNotContain("<<<<<<<", await result.InputValueAsync(), StringComparison.Ordinal);
            await result.FillAsync((await result.InputValueAsync()).Replace("theirs", "theirs, agreed", StringComparison.Ordinal));
            Assert.DoesNotContain("theirs", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
            await page.Button("Finish the update").ClickAsync();
            await page.ExpectToastAsync("was updated");
            await Expect(page.Tab("Conflicts")).ToHaveCountAsync(0);
            // The event of the change can come before the page knows that the update ended, and asks for the conflict again.
        }, new VisitOptions { Expected = ["404"] });
        var text = await File.ReadAllTextAsync(file, Cancellation);
        Assert.Contains("mine\ntheirs, agreed", text, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}

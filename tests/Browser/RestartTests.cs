using SkillMeat.Tests.Browser.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SkillMeat.Tests.Browser;

/// <summary>The service ends and starts again under an open page.</summary>
public sealed class RestartTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly VisitOptions WithoutService = new() { Expected = ["ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_NETWORK", "ERR_SOCKET_NOT_CONNECTED", "401"] };

    [BrowserFact]
    public async Task The_page_says_that_the_service_is_gone_and_goes_on_when_it_is_back()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
            var port = stage.Url.Port;
            await stage.StopServiceAsync();
            await Expect(page.GetByText("The service does not answer.")).ToBeVisibleAsync();
            // The page still shows the list that it had.
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
            Directory.Delete(Path.GetDirectoryName(shelf.File("pdf"))!, recursive: true);
            await stage.StartServiceAsync(port);
            await Expect(page.GetByText("The service is back.")).ToBeVisibleAsync();
            await Expect(page.GetByText("The service does not answer.")).ToHaveCountAsync(0);
            await page.Button("Refresh").ClickAsync();
            await page.ExpectToastAsync("Collections refreshed");
        }, WithoutService);
    }

    [BrowserFact]
    public async Task A_page_with_the_session_of_another_token_says_what_to_do()
    {
        var shelf = await Shelf.MakeAsync(stage);
        await stage.VisitAsync(shelf.Path, async page =>
        {
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
            var port = stage.Url.Port;
            await stage.StopServiceAsync();
            await Expect(page.GetByText("The service does not answer.")).ToBeVisibleAsync();
            Directory.Delete(Path.Combine(stage.Home, "service"), recursive: true);
            await stage.StartServiceAsync(port);
            await Expect(page.GetByText("The service does not know this page.")).ToBeVisibleAsync();
            await Expect(page.GetByText("Open the address that skm serve printed")).ToBeVisibleAsync();
            await page.GotoAsync(stage.SignInAddress);
            await page.GotoAsync(shelf.Path);
            await Expect(page.ArtifactRow("pdf")).ToBeVisibleAsync();
        }, WithoutService);
    }
}

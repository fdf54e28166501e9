using Microsoft.Playwright;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>One visit of the page. Errors on the console, uncaught exceptions, dialogs of scripts and requests to other places fail it.</summary>
internal sealed class Visit
{
    private readonly Stage _stage;
    private readonly string _authority;
    private readonly VisitOptions _options;
    private readonly List<string> _complaints = [];

    private Visit(Stage stage, VisitOptions options)
    {
        _stage = stage;
        // Not asked again later: the service may be gone then, and an exception in an event ends the browser of all tests.
        _authority = stage.Url.Authority;
        _options = options;
    }

    public static async Task RunAsync(Chromium chromium, Stage stage, string path, Func<IPage, Task> act, VisitOptions options)
    {
        await using var context = await (await chromium.BrowserAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = stage.Url.ToString(),
            ColorScheme = options.Scheme,
            Locale = "en-US",
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
        });
        context.SetDefaultTimeout(30_000);
        await context.AddCookiesAsync([await stage.CookieAsync()]);
        var visit = new Visit(stage, options);
        var page = await context.NewPageAsync();
        visit.Watch(page);
        try
        {
            await page.GotoAsync(path);
            await act(page);
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException or Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{e.Message}\nThe page is at {page.Url} ({await PictureAsync(page)}). It complained: {visit.Complaints()}\nRefused requests:\n{visit.Refused()}", e);
        }

        Assert.True(visit.Complaints().Length == 0, $"The page complained: {visit.Complaints()}");
    }

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Complain(message.Text);
        };
        page.PageError += (_, error) => Complain(error);
        page.Dialog += (_, dialog) =>
        {
            Complain($"A script opened a dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != _authority) Complain($"It asked another host: {url}");
        };
    }

    private void Complain(string text)
    {
        if (_options.Expected.Any(one => text.Contains(one, StringComparison.Ordinal))) return;
        lock (_complaints) _complaints.Add(text);
    }

    private string Complaints()
    {
        lock (_complaints) return string.Join('\n', _complaints);
    }

    private string Refused() => string.Join('\n', _stage.Log.Split('\n').Where(line => line.Length > 0 && !line.Contains("\"status\":20", StringComparison.Ordinal) && !line.Contains("\"status\":304", StringComparison.Ordinal)).TakeLast(8));

    private static async Task<string> PictureAsync(IPage page)
    {
        try
        {
            var file = Path.Combine(Screenshots.Folder, "failed", $"{TestContext.Current.TestMethod?.TestClass.TestClassSimpleName}.{TestContext.Current.TestMethod?.MethodName}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
            return file;
        }
        catch (PlaywrightException)
        {
            return "no picture";
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>One visit of the page in Firefox, as in a private window. Errors on the console, uncaught exceptions and requests to other places fail it.</summary>
internal sealed class FirefoxPage
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Bidi _bidi;
    private readonly string _context;
    private readonly string _authority;
    private readonly ConcurrentQueue<string> _complaints = new();

    private FirefoxPage(Bidi bidi, string context, string authority)
    {
        _bidi = bidi;
        _context = context;
        _authority = authority;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task VisitAsync(Bidi bidi, Stage stage, string path, Func<FirefoxPage, Task> act)
    {
        var user = (await bidi.SendAsync("browser.createUserContext", new { }, Cancellation)).GetProperty("userContext").GetString()!;
        var context = (await bidi.SendAsync("browsingContext.create", new { type = "tab", userContext = user }, Cancellation)).GetProperty("context").GetString()!;
        var page = new FirefoxPage(bidi, context, stage.Url.Authority);
        bidi.Happened += page.Watch;
        try
        {
            await bidi.SendAsync("browsingContext.setViewport", new { context, viewport = new { width = 1280, height = 800 } }, Cancellation);
            await page.GoToAsync(stage.SignInAddress);
            // Firefox complains of a script that is left while it loads.
            await page.SeeElementAsync("h1");
            await page.GoToAsync(new Uri(stage.Url, path).ToString());
            await act(page);
        }
        catch (TimeoutException e)
        {
            var file = Path.Combine("failed", $"{TestContext.Current.TestMethod?.TestClass.TestClassSimpleName}.{TestContext.Current.TestMethod?.MethodName}");
            throw new InvalidOperationException($"{e.Message}\nIts picture: {await page.PictureAsync(file)}. It complained: {string.Join('\n', page._complaints)}", e);
        }
        finally
        {
            bidi.Happened -= page.Watch;
            await bidi.SendAsync("browser.removeUserContext", new { userContext = user }, Cancellation);
        }

        Assert.True(page._complaints.IsEmpty, $"The page complained: {string.Join('\n', page._complaints)}");
    }

    public Task GoToAsync(string url) => _bidi.SendAsync("browsingContext.navigate", new { context = _context, url, wait = "complete" }, Cancellation);

    /// <summary>Waits until a text can be seen.</summary>
    public Task SeeAsync(string text) => TrueAsync($"document.body?.innerText.includes({JsonSerializer.Serialize(text)}) === true");

    /// <summary>Waits until an element can be seen.</summary>
    public Task SeeElementAsync(string selector) => TrueAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.checkVisibility({{ visibilityProperty: true, opacityProperty: true }}) === true");

    /// <summary>Waits until an expression of the page is true.</summary>
    public async Task TrueAsync(string expression)
    {
        for (var begun = Stopwatch.GetTimestamp(); (await EvaluateAsync(expression)).GetProperty("value").GetRawText() != "true"; await Task.Delay(50, Cancellation))
        {
            if (Stopwatch.GetElapsedTime(begun) > Longest) throw new TimeoutException($"It did not come true within {Longest.TotalSeconds} seconds: {expression}");
        }
    }

    /// <summary>Clicks an element with the mouse.</summary>
    public async Task ClickAsync(string selector)
    {
        await SeeElementAsync(selector);
        var element = await EvaluateAsync($"(one => {{ one.scrollIntoView({{ block: 'center' }}); return one; }})(document.querySelector({JsonSerializer.Serialize(selector)}))");
        var origin = new { type = "element", element = new { sharedId = element.GetProperty("sharedId").GetString() } };
        await PerformAsync("pointer", new { type = "pointerMove", x = 0, y = 0, origin }, new { type = "pointerDown", button = 0 }, new { type = "pointerUp", button = 0 });
    }

    /// <summary>Types a text on the keyboard.</summary>
    public Task TypeAsync(string text) => PerformAsync("key", [.. text.SelectMany(one => new object[] { new { type = "keyDown", value = $"{one}" }, new { type = "keyUp", value = $"{one}" } })]);

    /// <summary>Presses a key while another is held down.</summary>
    public Task PressAsync(string held, string key) =>
        PerformAsync("key", new { type = "keyDown", value = held }, new { type = "keyDown", value = key }, new { type = "keyUp", value = key }, new { type = "keyUp", value = held });

    /// <summary>Takes a picture for the folder of pictures, and returns its path.</summary>
    public async Task<string> PictureAsync(string name)
    {
        var file = Screenshots.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var picture = await _bidi.SendAsync("browsingContext.captureScreenshot", new { context = _context }, Cancellation);
        await File.WriteAllBytesAsync(file, picture.GetProperty("data").GetBytesFromBase64(), Cancellation);
        return file;
    }

    private Task<JsonElement> PerformAsync(string device, params object[] actions) =>
        _bidi.SendAsync("input.performActions", new { context = _context, actions = new[] { new { type = device, id = device, actions } } }, Cancellation);

    private async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await _bidi.SendAsync("script.evaluate", new { expression, target = new { context = _context }, awaitPromise = true }, Cancellation);
        return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{answer.GetProperty("exceptionDetails").GetProperty("text").GetString()}: {expression}");
    }

    private void Watch(string name, JsonElement happened)
    {
        if (name == "log.entryAdded")
        {
            if (IsMine(happened.GetProperty("source")) && happened.GetProperty("level").GetString() == "error") _complaints.Enqueue(happened.GetProperty("text").GetString() ?? "");
        }
        else if (name == "network.beforeRequestSent" && IsMine(happened))
        {
            var url = new Uri(happened.GetProperty("request").GetProperty("url").GetString()!);
            if (url is { Scheme: "http" or "https" } && url.Authority != _authority) _complaints.Enqueue($"It asked another host: {url}");
        }
    }

    private bool IsMine(JsonElement source) => source.TryGetProperty("context", out var context) && context.ValueKind == JsonValueKind.String && context.GetString() == _context;
}

using Microsoft.Playwright;
using SkillMeat.Tests.Browser.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace SkillMeat.Tests.Browser.Support;

/// <summary>One browser for all tests; each visit has a context of its own, as in a private window.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(StartAsync);

    public async Task<IBrowser> BrowserAsync() => (await _started.Value).Browser;

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated) return;
        var (driver, browser) = await _started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        var driver = await Playwright.CreateAsync();
        // Loopback is reached directly, whatever proxy the machine has.
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Requirements.Chromium, Args = ["--no-proxy-server"] }));
    }
}

using System.Diagnostics;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>One Firefox for the tests of a class, without a window, and with a profile of its own that is deleted.</summary>
public sealed class Firefox : IAsyncLifetime
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);

    /// <summary>Other hosts are asked for by a proxy that is not there, so Firefox looks for nothing new; loopback is reached directly.</summary>
    private const string Preferences =
        """
        user_pref("network.proxy.type", 1);
        user_pref("network.proxy.http", "127.0.0.1");
        user_pref("network.proxy.http_port", 9);
        user_pref("network.proxy.ssl", "127.0.0.1");
        user_pref("network.proxy.ssl_port", 9);
        user_pref("network.captive-portal-service.enabled", false);
        user_pref("network.connectivity-service.enabled", false);
        user_pref("network.dns.disablePrefetch", true);
        user_pref("app.update.disabledForTesting", true);
        user_pref("app.normandy.enabled", false);
        user_pref("extensions.update.enabled", false);
        user_pref("extensions.systemAddon.update.enabled", false);
        user_pref("browser.aboutwelcome.enabled", false);
        user_pref("browser.shell.checkDefaultBrowser", false);
        user_pref("browser.startup.page", 0);
        user_pref("datareporting.policy.dataSubmissionEnabled", false);
        user_pref("toolkit.telemetry.server", "");
        user_pref("ui.prefersReducedMotion", 1);
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("skm-firefox-").FullName;
    private Process? _process;
    private Bidi? _bidi;

    public async ValueTask InitializeAsync()
    {
        if (Requirements.MissingFirefox is not null) return;
        var cancellation = TestContext.Current.CancellationToken;
        var profile = Directory.CreateDirectory(Path.Combine(_folder, "profile")).FullName;
        await File.WriteAllTextAsync(Path.Combine(profile, "user.js"), Preferences, cancellation);
        var start = new ProcessStartInfo(Requirements.Firefox!, ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile]) { RedirectStandardError = true, RedirectStandardOutput = true };
        // Nothing of it stays in the home of the user, such as a cache or a list of profiles.
        start.Environment["HOME"] = _folder;
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        _process = Process.Start(start) ?? throw new InvalidOperationException("Firefox did not start.");
        var address = await ListeningAsync(_process).WaitAsync(LongestStart, cancellation);
        _bidi = await Bidi.ConnectAsync(new Uri($"{address}/session"), cancellation);
        await _bidi.SendAsync("session.new", new { capabilities = new { } }, cancellation);
        await _bidi.SendAsync("session.subscribe", new { events = new[] { "log.entryAdded", "network.beforeRequestSent" } }, cancellation);
    }

    /// <summary>Signs in, opens the page at a path, and fails if the page complained.</summary>
    internal Task VisitAsync(Stage stage, string path, Func<FirefoxPage, Task> act) => FirefoxPage.VisitAsync(_bidi!, stage, path, act);

    public async ValueTask DisposeAsync()
    {
        if (_bidi is not null) await _bidi.DisposeAsync();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            using var stopping = new CancellationTokenSource(LongestStop);
            await _process.WaitForExitAsync(stopping.Token);
            _process.Dispose();
        }

        await DeleteAsync();
    }

    /// <summary>Reads the address from what Firefox writes, and reads on: a full pipe would stop it.</summary>
    private static Task<string> ListeningAsync(Process process)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            const string mark = "WebDriver BiDi listening on ";
            if (line.Data is null) found.TrySetException(new InvalidOperationException("Firefox ended at once."));
            else if (line.Data.StartsWith(mark, StringComparison.Ordinal)) found.TrySetResult(line.Data[mark.Length..].Trim());
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return found.Task;
    }

    // Its last processes may still write there for a moment.
    private async Task DeleteAsync()
    {
        for (var attempt = 1; Directory.Exists(_folder); attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }
}

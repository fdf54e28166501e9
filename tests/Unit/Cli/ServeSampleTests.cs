using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using SkillMeat.Tests.Server;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>The samples for <c>skm serve</c>: their command lines are run as they stand there, but with the <c>skm</c> of this build and on a free port.</summary>
public sealed class ServeSampleTests : IDisposable
{
    private const string Port = "4780";

    private readonly TestHome _home = TestHome.Sample();

    [Theory]
    [InlineData("skillmeat-serve.service")]
    [InlineData("skillmeat-serve-system.service")]
    public async Task The_unit_of_systemd_starts_a_service_that_says_how_it_does(string name)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs Linux.");
        var user = SampleUser.Place(_home, ".local/bin");
        var unit = SampleUser.ReadUnit(name, user);
        var command = Free(unit["ExecStart"].Single().Split(' '));
        Assert.Equal("notify", unit["Type"].Single());
        var environment = unit["Environment"].Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        using var manager = new NotifySocket(Path.Combine(_home.Place, "notify"));
        environment["HOME"] = user;
        environment["SKILLMEAT_HOME"] = Path.Combine(user, ".skillmeat");
        environment["NOTIFY_SOCKET"] = manager.Address;
        environment["WATCHDOG_USEC"] = "200000";

        // The system lends no rights to programs that are called, and its files are for nobody else.
        string[] start = ["-c", "umask 0077; exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all \"$@\"", "sh", Path.Combine(user, ".local/bin/skm"), .. command[1..]];
        await using var service = SkmService.Start("/bin/sh", start, environment);
        var messages = new List<string>();
        while (!messages.Contains("WATCHDOG=1") || !messages.Exists(message => message.StartsWith("STATUS=", StringComparison.Ordinal))) messages.Add(await manager.ReceiveAsync());
        Assert.Contains("READY=1", messages);
        Assert.Contains(messages, message => message.StartsWith("STATUS=20", StringComparison.Ordinal) && message.Contains("refreshed", StringComparison.Ordinal));
        await AssertServesAsync(service, user);
        var (exitCode, duration) = await service.StopAsync();
        while (messages[^1] != "STOPPING=1") messages.Add(await manager.ReceiveAsync());
        Assert.Equal(0, exitCode);
        Assert.InRange(duration, TimeSpan.Zero, TimeSpan.FromSeconds(int.Parse(unit["TimeoutStopSec"].Single(), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(service.Error, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
    }

    [Theory]
    [InlineData("skillmeat-watch.service", 100)]
    [InlineData("skillmeat-serve.service", 100)]
    [InlineData("skillmeat-serve-system.service", 30)]
    public async Task Systemd_understands_the_unit(string name, int mostExposed)
    {
        if (!File.Exists("/usr/bin/systemd-analyze")) Assert.Skip("Needs systemd.");
        // It looks for the program.
        var text = Regex.Replace(await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "samples", name), TestContext.Current.CancellationToken), "(?m)^ExecStart=\\S+", "ExecStart=/bin/sh");
        var file = Path.Combine(_home.Place, name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var verified = (await SkmProcess.StartAsync("systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", file], TestContext.Current.CancellationToken)).Succeeds();
        Assert.DoesNotContain(name, verified.Error, StringComparison.Ordinal);
        (await SkmProcess.StartAsync("systemd-analyze", ["security", "--offline=yes", $"--threshold={mostExposed}", "--no-pager", file], TestContext.Current.CancellationToken)).Succeeds();
    }

    // No container is started: that needs a program, and an image from the network. Entry point, command and variables are those of the file.
    [Fact]
    public async Task The_container_starts_a_service_with_a_token_from_a_secret()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs Linux.");
        var user = SampleUser.Place(_home, "bin");
        var lines = SampleUser.ReadContainerfile("Serve.Containerfile");
        string[] Arguments(string instruction) => JsonSerializer.Deserialize<string[]>(lines[instruction].Single())!;
        var environment = lines["ENV"].Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        Assert.Equal(environment["SKILLMEAT_HOME"], lines["VOLUME"].Single());
        Assert.Equal((Port, "/run/secrets/github-token"), (lines["EXPOSE"].Single(), environment["GITHUB_TOKEN_FILE"]));
        environment["SKILLMEAT_HOME"] = Path.Combine(user, ".skillmeat");
        environment["PATH"] = $"{Path.Combine(user, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        environment["GITHUB_TOKEN"] = null;
        foreach (var hasSecret in new[] { true, false })
        {
            environment["GITHUB_TOKEN_FILE"] = Path.Combine(user, hasSecret ? "secret" : "none");
            await File.WriteAllTextAsync(Path.Combine(user, "secret"), "ghp_of_a_sample\n", TestContext.Current.CancellationToken);
            string[] command = [.. Arguments("ENTRYPOINT"), .. Free(Arguments("CMD"))];
            await using var service = SkmService.Start(command[0], command[1..], environment);
            Assert.Equal(hasSecret, (await AssertServesAsync(service, user)).GetProperty("has_github_token").GetBoolean());
            Assert.Equal(0, (await service.StopAsync(lines["STOPSIGNAL"].Single()[3..])).ExitCode);
            Assert.DoesNotContain(service.Error.Concat(service.Output), line => line.Contains("ghp_", StringComparison.Ordinal));
        }
    }

    public void Dispose() => _home.Dispose();

    private static string[] Free(string[] command)
    {
        Assert.Contains(Port, command);
        return [.. command.Select(part => part == Port ? "0" : part)];
    }

    /// <summary>Asks a service as its user would.</summary>
    /// <returns>The description that it gives of itself.</returns>
    private static async Task<JsonElement> AssertServesAsync(SkmService service, string user)
    {
        await service.UntilOutputAsync("Serving");
        var port = Regex.Match(service.Output.First(), "http://[a-z0-9.]+:([0-9]+)/").Groups[1].Value;
        var token = Path.Combine(user, ".skillmeat", "service", "token");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(token));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://localhost:{port}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(token, TestContext.Current.CancellationToken)).Trim());
        (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/collections/default/artifacts", null)).Succeeds();
        (await ServiceScene.SendAsync(client, HttpMethod.Post, "api/v1/collections/default/groups", new { name = $"g{port}" })).Succeeds(HttpStatusCode.Created);
        Assert.True((await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/background", null)).Succeeds().Json.GetProperty("service_refreshes").GetBoolean());
        return (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/info", null)).Succeeds().Json;
    }
}

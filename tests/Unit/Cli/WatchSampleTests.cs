using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>The samples for <c>skm watch</c>: their command lines are run as they stand there, but with the <c>skm</c> of this build.</summary>
public sealed class WatchSampleTests : IDisposable
{
    private readonly TestHome _home = TestHome.Sample();

    [Fact]
    public async Task The_unit_of_systemd_starts_a_service_that_says_how_it_does()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs Linux.");
        var user = SampleUser.Place(_home, ".local/bin");
        var unit = SampleUser.ReadUnit("skillmeat-watch.service", user);
        var command = unit["ExecStart"].Single().Split(' ');
        Assert.Equal("notify", unit["Type"].Single());
        using var manager = new NotifySocket(Path.Combine(_home.Place, "notify"));
        var environment = unit["Environment"].Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        environment["HOME"] = user;
        environment["NOTIFY_SOCKET"] = manager.Address;
        // Shorter than in the unit, so that the test need not wait for a minute.
        environment["WATCHDOG_USEC"] = "200000";

        await using var service = SkmService.Start(command[0], command[1..], environment);
        var messages = new List<string>();
        while (!messages.Contains("WATCHDOG=1") || !messages.Exists(message => message.StartsWith("STATUS=", StringComparison.Ordinal))) messages.Add(await manager.ReceiveAsync());
        var (exitCode, _) = await service.StopAsync();
        while (messages[^1] != "STOPPING=1") messages.Add(await manager.ReceiveAsync());

        Assert.Equal(0, exitCode);
        Assert.Contains("READY=1", messages);
        Assert.Contains(messages, message => message.StartsWith("STATUS=20", StringComparison.Ordinal) && message.Contains("refreshed 1 of 1 collections", StringComparison.Ordinal));
        Assert.Contains("refreshed 1 of 1 collections", service.Output.First(), StringComparison.Ordinal);
    }

    // No container is started: that needs a program, and an image from the network. Entry point, command and variables are those of the file.
    [Fact]
    public async Task The_container_starts_a_service_that_writes_json()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs Linux.");
        var user = SampleUser.Place(_home, "bin");
        var lines = SampleUser.ReadContainerfile("Containerfile");
        string[] Arguments(string instruction) => JsonSerializer.Deserialize<string[]>(lines[instruction].Single())!;
        var environment = lines["ENV"].Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        Assert.Equal(environment["SKILLMEAT_HOME"], lines["VOLUME"].Single());
        environment["SKILLMEAT_HOME"] = Path.Combine(user, ".skillmeat");
        environment["PATH"] = $"{Path.Combine(user, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";

        await using var service = SkmService.Start("/usr/bin/env", [.. Arguments("ENTRYPOINT"), .. Arguments("CMD")], environment);
        await service.UntilOutputAsync("\"succeeded\":true");
        var signal = lines["STOPSIGNAL"].Single();
        Assert.StartsWith("SIG", signal, StringComparison.Ordinal);
        Assert.Equal(0, (await service.StopAsync(signal[3..])).ExitCode);
        Assert.Empty(service.Error);
    }

    public void Dispose() => _home.Dispose();
}

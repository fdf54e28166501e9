using System.Net.Sockets;
using System.Text;
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
        var user = PlaceUser(".local/bin");
        var unit = File.ReadAllLines(Path.Combine(Checkout.Folder, "samples", "skillmeat-watch.service")).Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
            .Select(line => line.Replace("%h", user, StringComparison.Ordinal).Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);
        var command = unit["ExecStart"].Single().Split(' ');
        Assert.Equal("notify", unit["Type"].Single());
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var address = Path.Combine(_home.Place, "notify");
        manager.Bind(new UnixDomainSocketEndPoint(address));
        var environment = unit["Environment"].Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        environment["HOME"] = user;
        environment["NOTIFY_SOCKET"] = address;
        // Shorter than in the unit, so that the test need not wait for a minute.
        environment["WATCHDOG_USEC"] = "200000";

        await using var service = SkmService.Start(command[0], command[1..], environment);
        var messages = new List<string>();
        while (!messages.Contains("WATCHDOG=1") || !messages.Exists(message => message.StartsWith("STATUS=", StringComparison.Ordinal))) messages.Add(await ReceiveAsync(manager));
        var (exitCode, _) = await service.StopAsync();
        while (messages[^1] != "STOPPING=1") messages.Add(await ReceiveAsync(manager));

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
        var user = PlaceUser("bin");
        var lines = File.ReadAllLines(Path.Combine(Checkout.Folder, "samples", "container", "Containerfile")).Where(line => line.Contains(' ', StringComparison.Ordinal))
            .Select(line => line.Split(' ', 2)).ToLookup(pair => pair[0], pair => pair[1]);
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

    /// <summary>Makes a folder of a user with the sample home and a program <c>skm</c>.</summary>
    private string PlaceUser(string programs)
    {
        var user = Path.Combine(_home.Place, "user");
        var folder = Directory.CreateDirectory(Path.Combine(user, programs)).FullName;
        Directory.Move(_home.Home, Path.Combine(user, ".skillmeat"));
        var program = Path.Combine(folder, "skm");
        File.WriteAllText(program, $"#!/bin/sh\nexec {string.Join(' ', SkmProcess.Command.Select(part => $"'{part}'"))} \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // The upstream of the sample is beside its home.
        Directory.Move(Path.Combine(_home.Place, "upstream"), Path.Combine(user, "upstream"));
        return user;
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[4_096];
        var length = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SkillMeat.Errors;
using SkillMeat.Serving;
using SkillMeat.Tests.Cli;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Starts of services that meet each other, and starts that fail.</summary>
public sealed class ServerStartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_that_wants_to_start_a_service_waits_for_one_that_is_being_started()
    {
        var home = TestHome.Sample();
        using var hasBegun = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var starting = Task.Run(
            () => ServiceScene.StartAsync(home, options => options with
            {
                Environment = name =>
                {
                    hasBegun.Set();
                    goesOn.Wait(Token);
                    return null;
                },
            }),
            Token);
        hasBegun.Wait(Token);
        var servers = new HomeServers(home.Home, TimeProvider.System);
        var start = new ServerStart { Program = home.At("none"), Timeout = TimeSpan.FromMilliseconds(100) };
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => servers.StartAsync(start, Token));
        goesOn.Set();
        await using var scene = await starting;
        Assert.Equal(ErrorIds.LockTimeout, error.ErrorId);
        var (server, isNew) = await servers.StartAsync(start, Token);
        Assert.Equal((scene.Url, false), (server.Url, isNew));
    }

    [Fact]
    public async Task A_service_that_a_program_started_ends_if_the_home_is_served_by_then()
    {
        await using var scene = await ServiceScene.StartAsync();
        await using (var second = SkmService.Start(null, "serve", "--port", "0", "--no-open", "--detached", "--home", scene.Place.Home))
        {
            Assert.Equal(1, await second.EndAsync().WaitAsync(TimeSpan.FromSeconds(30), Token));
            Assert.Contains($"The home is served at {scene.Url} already, by process {Environment.ProcessId}.", string.Join('\n', second.Error), StringComparison.Ordinal);
        }

        var servers = new HomeServers(scene.Place.Home, TimeProvider.System);
        Assert.Equal(scene.Url, Assert.Single(servers.List(removesEnded: false)).Url);
        (await scene.GetAsync("api/v1/info")).Succeeds();
        // Another port is another service, and so is one that a person starts.
        foreach (var arguments in new[] { new[] { "--detached", "--port", $"{FreePort()}" }, ["--port", "0"] })
        {
            await using var other = SkmService.Start(null, ["serve", "--no-open", "--format", "json", "--home", scene.Place.Home, .. arguments]);
            await other.UntilOutputAsync("\"url\"");
            Assert.Equal(2, servers.List(removesEnded: false).Count);
        }
    }

    [Fact]
    public async Task A_slow_start_leaves_nothing_beside_a_service_that_somebody_starts_meanwhile()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such scripts.");
            return;
        }

        var home = TestHome.Sample();
        var (program, pid, go) = (Path.Combine(home.Place, "slow-skm"), Path.Combine(home.Place, "pid"), Path.Combine(home.Place, "go"));
        var command = string.Join(' ', SkmProcess.Command.Select(part => $"'{part}'"));
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $$ >'{pid}'\nuntil [ -e '{go}' ]; do sleep 0.05; done\nexec {command} \"$@\"\n", Token);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var servers = new HomeServers(home.Home, TimeProvider.System);
        var starting = servers.StartAsync(new ServerStart { Program = program, Port = 0 }, Token);
        await UntilAsync(() => File.Exists(pid) && new FileInfo(pid).Length > 0);
        // A person does not wait for longer than a few seconds.
        await using var scene = await ServiceScene.StartAsync(home);
        Assert.Equal(scene.Url, (await starting).Server.Url);
        using var slow = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pid, Token), CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(go, "", Token);
        try
        {
            await slow.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        }
        finally
        {
            slow.Kill();
        }

        Assert.Equal(scene.Url, Assert.Single(servers.List(removesEnded: false)).Url);
    }

    [Fact]
    public async Task A_start_that_fails_at_its_end_leaves_no_service()
    {
        using var home = TestHome.Sample();
        var (asked, port) = (0, FreePort());
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => ServiceScene.StartAsync(home, options => options with
        {
            Port = port,
            Refreshes = true,
            Environment = name => name == "SKILLMEAT_REFRESH_INTERVAL" && Interlocked.Increment(ref asked) > 1 ? "never" : null,
        }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Empty(Directory.GetFiles(home.At("service"), "*.running.json"));
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(IPAddress.Loopback, port, Token));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var left = 1_000; left > 0 && !condition(); left--) await Task.Delay(20, Token);
        Assert.True(condition());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

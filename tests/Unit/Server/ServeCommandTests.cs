using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using SkillMeat.Tests.Cache.Background;
using SkillMeat.Tests.Cli;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary><c>skm serve</c> as a process.</summary>
public sealed class ServeCommandTests
{
    private static readonly string[] _variables = ["GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN"];

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_says_when_it_is_ready_and_ends_well_in_the_middle_of_a_refresh(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        await using var scene = await HangingSceneAsync();
        await using var service = SkmService.Start(_variables.ToDictionary(name => name, scene.Environment), "serve", "--port", "0", "--no-open", "--format", "json", "--home", scene.Home);
        var (client, ready) = await ConnectAsync(service);
        using (client)
        {
            Assert.Equal(["url", "token", "process_id"], ready.EnumerateObject().Select(one => one.Name));
            Assert.Equal(service.ProcessId, ready.GetProperty("process_id").GetInt32());
            Assert.True(File.Exists(Path.Combine(scene.Home, "service", $"{service.ProcessId}.running.json")));
            var before = await File.ReadAllTextAsync(scene.ManifestPath, TestContext.Current.CancellationToken);
            (await ServiceScene.SendAsync(client, HttpMethod.Post, "api/v1/collections/default/refresh?mode=metadata_only", null)).Succeeds(HttpStatusCode.Accepted);
            await BackgroundScene.UntilAsync(() => scene.Server.Log.Total > 0);

            var (exitCode, duration) = await service.StopAsync(signal);
            Assert.True(exitCode == 0, string.Join('\n', service.Error));
            Assert.InRange(duration, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.Single(service.Output);
            Assert.Empty(service.Error);
            Assert.Equal(before, await File.ReadAllTextAsync(scene.ManifestPath, TestContext.Current.CancellationToken));
            Assert.False(File.Exists(Path.Combine(scene.Home, "service", $"{service.ProcessId}.running.json")));
        }
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_ends_well_in_the_middle_of_a_background_refresh(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        await using var scene = await HangingSceneAsync();
        var variables = _variables.ToDictionary(name => name, scene.Environment);
        variables["SKILLMEAT_REFRESH_INTERVAL"] = "1s";
        await using var service = SkmService.Start(variables, "serve", "--port", "0", "--no-open", "--format", "json", "--home", scene.Home);
        var (client, _) = await ConnectAsync(service);
        using (client)
        {
            // Nobody asked for it.
            await BackgroundScene.UntilAsync(() => scene.Server.Log.Total > 0);
            var status = (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/background", null)).Succeeds().Json;
            Assert.Equal(("refreshing", service.ProcessId), (status.GetProperty("state").GetString(), status.GetProperty("process_id").GetInt32()));
        }

        var (exitCode, duration) = await service.StopAsync(signal);
        Assert.True(exitCode == 0, string.Join('\n', service.Error));
        Assert.InRange(duration, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Empty(service.Error);
        // The next one need not wait for the end of a lease.
        scene.Server.Faults = null;
        await using var next = SkmService.Start(variables, "serve", "--port", "0", "--no-open", "--format", "json", "--home", scene.Home);
        (client, _) = await ConnectAsync(next);
        using (client)
        {
            JsonElement last = default;
            for (var left = 500; left > 0 && last.ValueKind != JsonValueKind.Object; left--)
            {
                last = (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/background", null)).Succeeds().Json.GetProperty("last_result");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            Assert.True(last.GetProperty("succeeded").GetBoolean(), last.ToString());
        }

        Assert.Equal(0, (await next.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task A_service_manager_that_does_not_listen_holds_up_nothing()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        using var home = TestHome.Sample();
        using var manager = new NotifySocket(Path.Combine(home.Place, "notify"), reads: false);
        var variables = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = manager.Address, ["WATCHDOG_USEC"] = "2000", ["SKILLMEAT_REFRESH_INTERVAL"] = "1" };
        await using var service = SkmService.Start(variables, "serve", "--port", "0", "--no-open", "--format", "json", "--home", home.Home);
        var (client, _) = await ConnectAsync(service);
        using (client)
        {
            client.Timeout = TimeSpan.FromSeconds(20);
            for (var i = 0; i < 30; i++)
            {
                (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/collections", null)).Succeeds();
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        var (exitCode, duration) = await service.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.InRange(duration, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_background_refresh_can_be_left_out()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        await using var scene = await HangingSceneAsync();
        await using var service = SkmService.Start(_variables.ToDictionary(name => name, scene.Environment), "serve", "--port", "0", "--no-open", "--no-refresh", "--format", "json", "--home", scene.Home);
        var (client, _) = await ConnectAsync(service);
        using (client)
        {
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
            Assert.False((await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/background", null)).Succeeds().Json.GetProperty("service_refreshes").GetBoolean());
        }

        Assert.Equal(0, scene.Server.Log.Total);
        Assert.Equal(0, (await service.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task A_job_is_cancelled_on_request_and_tells_its_listeners()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        await using var scene = await HangingSceneAsync();
        await using var service = SkmService.Start(_variables.ToDictionary(name => name, scene.Environment), "serve", "--port", "0", "--no-open", "--format", "json", "--log-format", "json", "--home", scene.Home);
        var (client, _) = await ConnectAsync(service);
        using (client)
        {
            var job = (await ServiceScene.SendAsync(client, HttpMethod.Post, "api/v1/collections/default/refresh", new { fields = new[] { "tags" } })).Succeeds(HttpStatusCode.Accepted);
            var address = job.Headers.Location!.ToString();
            Assert.Equal($"/api/v1/jobs/{job.Json.GetProperty("id").GetString()}", address);
            await BackgroundScene.UntilAsync(() => scene.Server.Log.Total > 0);
            using var stream = await client.GetAsync($"{address}/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            (await ServiceScene.SendAsync(client, HttpMethod.Delete, address, null)).Succeeds();
            var events = await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("event: progress\ndata: {", events, StringComparison.Ordinal);
            Assert.Contains("event: done\ndata: {", events, StringComparison.Ordinal);
            Assert.Contains("\"state\":\"cancelled\"", events, StringComparison.Ordinal);
            var end = (await ServiceScene.SendAsync(client, HttpMethod.Get, address, null)).Succeeds().Json;
            Assert.Equal(("cancelled", JsonValueKind.Null), (end.GetProperty("state").GetString(), end.GetProperty("result").ValueKind));
        }

        Assert.Equal(0, (await service.StopAsync()).ExitCode);
        Assert.All(service.Error, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Contains(service.Error, line => line.Contains("\"path\":\"/api/v1/collections/default/refresh\",\"status\":202", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--listen is 'here'", "--listen", "here")]
    [InlineData("--insecure", "--listen", "0.0.0.0")]
    [InlineData("--port is '70000'", "--port", "70000")]
    [InlineData("exclude each other", "--open", "--no-open")]
    [InlineData("--tls cannot use", "--tls", "missing.pem")]
    [InlineData("--tls-key needs --tls", "--tls-key", "missing.pem")]
    public async Task Options_that_make_no_sense_are_refused(string message, params string[] options)
    {
        using var home = TestHome.Sample();
        var before = home.Tree();
        (await home.RunAsync(["serve", .. options])).Fails(message, "[InvalidArgument]");
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_only_when_it_was_asked_for()
    {
        using var home = TestHome.Sample();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        (await home.RunAsync("serve", "--no-open", "--port", $"{((IPEndPoint)other.LocalEndpoint).Port}")).Fails("Cannot listen on 127.0.0.1:", "--port");
    }

    [Fact]
    public async Task A_journal_gets_the_address_and_the_place_of_the_token_but_not_the_token()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        using var home = TestHome.Sample();
        await using var service = SkmService.Start(null, "serve", "--port", "0", "--no-open", "--home", home.Home);
        await service.UntilOutputAsync("Serving");
        var token = (await File.ReadAllTextAsync(home.At("service", "token"), TestContext.Current.CancellationToken)).Trim();
        Assert.Equal(0, (await service.StopAsync()).ExitCode);
        var written = string.Join('\n', service.Output.Concat(service.Error));
        Assert.DoesNotContain(token, written, StringComparison.Ordinal);
        Assert.DoesNotContain("token=", written, StringComparison.Ordinal);
        Assert.Contains(home.At("service", "token"), written, StringComparison.Ordinal);
        Assert.Matches("http://127\\.0\\.0\\.1:[0-9]+/ ", written);
    }

    [Fact]
    public async Task A_home_that_is_not_there_is_made()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        using var home = TestHome.None();
        await using var service = SkmService.Start(null, "serve", "--port", "0", "--no-open", "--format", "json", "--home", home.Home);
        var (client, _) = await ConnectAsync(service);
        using (client) Assert.Equal("default", (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/collections", null)).Succeeds().Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal(0, (await service.StopAsync()).ExitCode);
    }

    private static async Task<RefreshScene> HangingSceneAsync()
    {
        var scene = await RefreshScene.StartAsync(Access.Token);
        var commit = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Add("pdf", "skill", "skills/pdf", commit).Save();
        scene.Server.Faults = _ => Fault.Hang();
        return scene;
    }

    private static async Task<(HttpClient Client, JsonElement Ready)> ConnectAsync(SkmService service)
    {
        await service.UntilOutputAsync("\"url\"");
        var ready = JsonDocument.Parse(service.Output.Single()).RootElement.Clone();
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(ready.GetProperty("url").GetString()!) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ready.GetProperty("token").GetString());
        return (client, ready);
    }
}

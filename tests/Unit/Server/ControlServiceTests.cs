using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using SkillMeat.Tests.Cli;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The end of the service on request, and pages that sign in.</summary>
public sealed partial class ControlServiceTests
{
    [Fact]
    public async Task The_end_is_for_those_who_have_the_token()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var stranger = scene.CreateClient();
        (await ServiceScene.SendAsync(stranger, HttpMethod.Post, "api/v1/shutdown", null)).Fails(401, "Unauthorized");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/shutdown", null, ("Origin", "http://evil.example"))).Fails(403, "Forbidden");
        (await ServiceScene.SendAsync(stranger, HttpMethod.Post, "api/v1/sign-in-pages", null)).Fails(401, "Unauthorized");
        Assert.False(scene.Server.StopRequested.IsCancellationRequested);
        Assert.Equal("stopping", (await scene.SendAsync(HttpMethod.Post, "api/v1/shutdown")).Succeeds(HttpStatusCode.Accepted).Json.GetProperty("status").GetString());
        Assert.True(scene.Server.StopRequested.IsCancellationRequested);
    }

    [Fact]
    public async Task A_page_signs_in_once_and_old_ones_are_removed()
    {
        var time = new MovedTime();
        await using var scene = await ServiceScene.StartAsync(change: options => options with { Time = time });
        using var browser = scene.CreateClient();
        var unused = await CreatePageAsync(scene);
        time.Moved = TimeSpan.FromSeconds(59);
        var path = await CreatePageAsync(scene);
        Assert.Equal(scene.Place.At("service"), Path.GetDirectoryName(path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(scene.Token, page, StringComparison.Ordinal);
        var address = new Uri(Address().Match(page).Groups[1].Value).PathAndQuery[1..];
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, address, null)).Succeeds(HttpStatusCode.SeeOther);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, address, null)).Fails(401, "Unauthorized");
        Assert.False(File.Exists(path));
        Assert.True(File.Exists(unused));

        time.Moved = TimeSpan.FromSeconds(61);
        _ = await CreatePageAsync(scene);
        Assert.False(File.Exists(unused));
    }

    [Fact]
    public async Task A_detached_service_logs_to_its_home_and_ends_on_request()
    {
        using var home = TestHome.Sample();
        await using var service = SkmService.Start(null, "serve", "--port", "0", "--no-open", "--format", "json", "--detached", "--verbose", "--home", home.Home);
        await service.UntilOutputAsync("\"url\"");
        var ready = JsonDocument.Parse(service.Output.Single()).RootElement;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(ready.GetProperty("url").GetString()!) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ready.GetProperty("token").GetString());
        (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/info", null)).Succeeds();
        if (!OperatingSystem.IsWindows())
        {
            await service.SignalAsync("HUP");
            (await ServiceScene.SendAsync(client, HttpMethod.Get, "api/v1/info", null)).Succeeds();
        }

        if (OperatingSystem.IsLinux())
        {
            // Its session is its own, and so has no terminal.
            var status = await File.ReadAllTextAsync($"/proc/{service.ProcessId}/stat", TestContext.Current.CancellationToken);
            Assert.Equal($"{service.ProcessId}", status[(status.LastIndexOf(')') + 2)..].Split(' ')[3]);
        }

        (await ServiceScene.SendAsync(client, HttpMethod.Post, "api/v1/shutdown", null)).Succeeds(HttpStatusCode.Accepted);
        Assert.Equal(0, await service.EndAsync());
        Assert.False(File.Exists(home.At("service", $"{service.ProcessId}.running.json")));
        Assert.Empty(service.Error);
        Assert.Contains("GET /api/v1/info 200", await File.ReadAllTextAsync(home.At("service", "serve.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<string> CreatePageAsync(ServiceScene scene) => (await scene.SendAsync(HttpMethod.Post, "api/v1/sign-in-pages")).Succeeds(HttpStatusCode.Created).Json.GetProperty("path").GetString()!;

    [GeneratedRegex("url=([^\"]+)\"")]
    private static partial Regex Address();
}

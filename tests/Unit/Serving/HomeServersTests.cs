using System.Diagnostics;
using System.Text.Json.Nodes;
using SkillMeat.Errors;
using SkillMeat.Serving;
using SkillMeat.Storage.Locks;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Serving;

/// <summary>The files by which servers are found.</summary>
public sealed class HomeServersTests
{
    private static readonly Uri _url = new("http://127.0.0.1:4780/");

    private static readonly DateTimeOffset _started = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_server_is_listed_until_it_leaves()
    {
        using var home = TestHome.Sample();
        var servers = new HomeServers(home.Home, TimeProvider.System);
        Assert.Empty(servers.List(removesEnded: true));
        servers.Folder.Create();
        servers.Enter(_url, _started, "1.2.3");
        var server = Assert.Single(servers.List(removesEnded: true));
        Assert.Equal((_url, 4780, Environment.ProcessId, home.Home, _started, "1.2.3"), (server.Url, server.Port, server.ProcessId, server.Home, server.StartedAt, server.Version));
        Assert.Equal(server, Assert.Single(servers.List(removesEnded: false)));
        Assert.Null(server.ReadToken());
        servers.Leave();
        Assert.Empty(servers.List(removesEnded: true));
        Assert.Empty(Directory.GetFiles(servers.Folder.Path));
    }

    [Theory]
    [InlineData("process_start", 1, false, true)]
    [InlineData("boot", "another pid:[1]", false, true)]
    [InlineData("machine", "another", false, false)]
    [InlineData("version", null, true, false)]
    public void A_file_of_another_process_is_told_apart(string key, object? value, bool isListed, bool isRemoved)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux says when a machine was started.");
        using var home = TestHome.Sample();
        var servers = new HomeServers(home.Home, TimeProvider.System);
        var path = Change(servers, json => json[key] = JsonValue.Create(value));
        Assert.Equal(isListed, servers.List(removesEnded: false).Count == 1);
        Assert.True(File.Exists(path));
        Assert.Equal(isListed, servers.List(removesEnded: true).Count == 1);
        Assert.Equal(isRemoved, !File.Exists(path));
    }

    [Fact]
    public void Containers_on_one_machine_do_not_judge_each_other()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux has such spaces.");
        using var home = TestHome.Sample();
        var servers = new HomeServers(home.Home, TimeProvider.System);
        var path = Change(servers, json => json["boot"] = $"{RunningProcess.Current().Boot!.Split(' ')[0]} pid:[1]");
        Assert.Empty(servers.List(removesEnded: true));
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("url", "/relative")]
    [InlineData("url", "file:///etc/passwd")]
    [InlineData("url", 1)]
    [InlineData("process_id", "1")]
    [InlineData("process_id", 1)]
    [InlineData("started_at", "then")]
    [InlineData("machine", 1)]
    public void A_file_that_makes_no_sense_is_left_out(string key, object value)
    {
        using var home = TestHome.Sample();
        var servers = new HomeServers(home.Home, TimeProvider.System);
        var path = Change(servers, json => json[key] = JsonValue.Create(value));
        Assert.Empty(servers.List(removesEnded: true));
        Assert.True(File.Exists(path));
        servers.Folder.Write(Path.GetFileName(path), "[1", overwrites: true);
        Assert.Empty(servers.List(removesEnded: true));
    }

    [Fact]
    public void A_file_that_others_could_write_is_left_out()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        using var home = TestHome.Sample();
        var servers = new HomeServers(home.Home, TimeProvider.System);
        var path = Change(servers, _ => { });
        Assert.Single(servers.List(removesEnded: true));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Empty(servers.List(removesEnded: true));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(path, $"{path}.real");
        File.CreateSymbolicLink(path, $"{path}.real");
        Assert.Empty(servers.List(removesEnded: true));
    }

    [Fact]
    public async Task A_process_that_ended_has_ended_also_as_long_as_its_parent_does_not_ask()
    {
        using var process = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "cmd" : "sh") { RedirectStandardInput = true })!;
        using var home = TestHome.Sample();
        var servers = new HomeServers(home.Home, TimeProvider.System);
        var path = Change(servers, json =>
        {
            json["process_id"] = process.Id;
            json.Remove("process_start");
        });
        var own = servers.Folder.PathOf($"{process.Id}.running.json");
        File.Move(path, own);
        // Without the start of the process, its id must do.
        Assert.Equal(process.Id, Assert.Single(servers.List(removesEnded: true)).ProcessId);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(servers.List(removesEnded: true));
        Assert.False(File.Exists(own));
    }

    [Fact]
    public async Task A_start_waits_for_another_one()
    {
        using var home = TestHome.Sample();
        var servers = new HomeServers(home.Home, TimeProvider.System);
        servers.Folder.Create();
        using (servers.Folder.Lock("start.lock", TimeSpan.Zero, TimeProvider.System))
        {
            var start = new ServerStart { Program = home.At("none"), Timeout = TimeSpan.FromMilliseconds(100) };
            var error = await Assert.ThrowsAsync<SkillMeatException>(() => servers.StartAsync(start, TestContext.Current.CancellationToken));
            Assert.Equal(ErrorIds.LockTimeout, error.ErrorId);
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => servers.StartAsync(start with { Timeout = TimeSpan.FromMinutes(1) }, stop.Token));
        }

        Assert.Equal(ErrorIds.ServerFailed, (await Assert.ThrowsAsync<SkillMeatException>(() => servers.StartAsync(new ServerStart { Program = home.At("none") }, TestContext.Current.CancellationToken))).ErrorId);
    }

    [Fact]
    public void A_log_that_has_become_large_is_begun_anew()
    {
        using var home = TestHome.Sample();
        var folder = new PrivateFolder(home.At("service"));
        folder.Create();
        foreach (var text in new[] { "one", "two", "three" })
        {
            using var file = folder.Append("log", mostBytes: 5);
            file.Write(System.Text.Encoding.ASCII.GetBytes(text));
        }

        Assert.Equal(("three", "onetwo"), (File.ReadAllText(folder.PathOf("log")), File.ReadAllText(folder.PathOf("log.old"))));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.PathOf("log")));
        File.Delete(folder.PathOf("log"));
        File.CreateSymbolicLink(folder.PathOf("log"), home.Config);
        var before = File.ReadAllText(home.Config);
        Assert.ThrowsAny<IOException>(() => folder.Append("log", mostBytes: 5));
        Assert.Equal(before, File.ReadAllText(home.Config));
    }

    /// <summary>Enters this process, and changes what its file says.</summary>
    private static string Change(HomeServers servers, Action<JsonObject> change)
    {
        servers.Folder.Create();
        servers.Enter(_url, _started, "1.2.3");
        var name = $"{Environment.ProcessId}.running.json";
        var json = JsonNode.Parse(servers.Folder.TryRead(name)!)!.AsObject();
        change(json);
        servers.Folder.Write(name, json.ToJsonString(), overwrites: true);
        return servers.Folder.PathOf(name);
    }
}

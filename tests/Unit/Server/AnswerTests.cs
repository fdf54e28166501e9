using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Collections and artifacts over HTTP: pages, entity tags, edits and errors.</summary>
public sealed class AnswerTests
{
    private const string Base = "api/v1";
    private const string Artifacts = $"{Base}/collections/default/artifacts";

    [Fact]
    public async Task What_did_not_change_is_not_sent_again()
    {
        await using var scene = await ServiceScene.StartAsync();
        foreach (var path in new[] { $"{Base}/collections", $"{Base}/collections/default", Artifacts, $"{Artifacts}/skill:pdf-tools", $"{Base}/artifacts/skill:pdf-tools", $"{Base}/jobs" })
        {
            var first = (await scene.GetAsync(path)).Succeeds();
            Assert.Matches("^\"[\\w-]{22}\"$", first.Tag!);
            var again = (await scene.GetAsync(path, ("If-None-Match", first.Tag!))).Succeeds(HttpStatusCode.NotModified);
            Assert.Empty(again.Body);
            Assert.Equal(first.Tag, again.Tag);
            (await scene.GetAsync(path, ("If-None-Match", "\"other\""))).Succeeds();
        }

        var before = await scene.GetAsync($"{Artifacts}/skill:pdf-tools");
        scene.Place.Write(scene.Place.Manifest, File.ReadAllText(scene.Place.Manifest).Replace("Extract text and tables", "Take out text and tables", StringComparison.Ordinal));
        var after = (await scene.GetAsync($"{Artifacts}/skill:pdf-tools", ("If-None-Match", before.Tag!))).Succeeds();
        Assert.Contains("Take out", after.Text, StringComparison.Ordinal);
        Assert.Contains("Take out", (await scene.GetAsync(Artifacts)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_what_changed_meanwhile_is_refused()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", new { name = "work" })).Succeeds(HttpStatusCode.Created);
        var read = (await scene.GetAsync($"{Base}/collections/work")).Succeeds();
        scene.Place.Write(scene.Place.At("collections", "work", "collection.toml"), File.ReadAllText(scene.Place.At("collections", "work", "collection.toml")) + "# by hand\n[[groups]]\nname = \"new\"\nmembers = []\n");
        (await scene.SendAsync(HttpMethod.Put, $"{Base}/collections/work", new { is_active = true }, ("If-Match", read.Tag!))).Fails(412, "StaleEdit");
        Assert.Equal("default", (await scene.GetAsync($"{Base}/info")).Json.GetProperty("active_collection").GetString());

        var again = (await scene.GetAsync($"{Base}/collections/work")).Succeeds();
        var edited = (await scene.SendAsync(HttpMethod.Put, $"{Base}/collections/work", new { is_active = true }, ("If-Match", again.Tag!))).Succeeds();
        Assert.True(edited.Json.GetProperty("is_active").GetBoolean());
        Assert.Equal(edited.Tag, (await scene.GetAsync($"{Base}/collections/work")).Tag);
        Assert.Equal("work", (await scene.GetAsync($"{Base}/info")).Json.GetProperty("active_collection").GetString());
        // Weak tags do not protect, and none is no condition.
        (await scene.SendAsync(HttpMethod.Put, $"{Base}/collections/default", new { is_active = true }, ("If-Match", "W/\"x\""))).Fails(412, "StaleEdit");
        (await scene.SendAsync(HttpMethod.Put, $"{Base}/collections/default", new { is_active = true })).Succeeds();
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=name&order=desc")]
    [InlineData("&sort=type")]
    [InlineData("&sort=date")]
    [InlineData("&sort=state&order=desc")]
    public async Task Pages_hold_each_artifact_once(string order)
    {
        await using var scene = await ServiceScene.StartAsync(TestHome.WithSkills(25));
        var ids = new List<string>();
        string? cursor = null;
        for (var pages = 0; pages < 4; pages++)
        {
            var page = (await scene.GetAsync($"{Artifacts}?limit=7{order}{(cursor is null ? "" : $"&cursor={cursor}")}")).Succeeds().Json;
            Assert.Equal(25, page.GetProperty("total").GetInt32());
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("artifact_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
            // A new artifact between two pages moves no other one.
            if (pages == 0 && order.Length == 0) Assert.NotNull(cursor);
        }

        Assert.Null(cursor);
        var sorted = Enumerable.Range(1, 25).Select(number => $"skill:a{number}").Order(StringComparer.Ordinal).ToList();
        if (order.Contains("desc", StringComparison.Ordinal)) sorted.Reverse();
        Assert.Equal(sorted, ids);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=many")]
    [InlineData("cursor=x!")]
    [InlineData("cursor=eA")]
    [InlineData("sort=size")]
    [InlineData("order=up")]
    [InlineData("state=odd")]
    [InlineData("type=plugin")]
    public async Task Values_that_make_no_sense_are_named(string query)
    {
        await using var scene = await ServiceScene.StartAsync();
        var detail = (await scene.GetAsync($"{Artifacts}?{query}")).Fails(400, "InvalidArgument").Json.GetProperty("detail").GetString()!;
        Assert.Contains(query.Split('=')[query.StartsWith("type", StringComparison.Ordinal) ? 1 : 0], detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        using var place = TestHome.Sample();
        place.Write(place.Manifest, File.ReadAllText(place.Manifest) + "\n[[groups]]\nname = \"documents\"\nmembers = [\"skill:pdf-tools\"]\n");
        await using var scene = await ServiceScene.StartAsync(place.Copy());
        await AssertIdsAsync(scene, "type=skill", "skill:meeting-notes", "skill:pdf-tools");
        await AssertIdsAsync(scene, "type=agent,command", "command:changelog", "agent:code-reviewer");
        await AssertIdsAsync(scene, "tag=PDF&tag=documents", "skill:pdf-tools");
        await AssertIdsAsync(scene, "q=Release%20Notes", "command:changelog");
        await AssertIdsAsync(scene, "q=100%25");
        await AssertIdsAsync(scene, "q=_");
        await AssertIdsAsync(scene, "origin=github");
        await AssertIdsAsync(scene, "group=documents", "skill:pdf-tools");
        (await scene.GetAsync($"{Artifacts}?group=document")).Fails(404, "EntryNotFound");

        await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Base}/collections/default/refresh?mode=check"));
        await AssertIdsAsync(scene, "state=update_available", "skill:meeting-notes");
        await AssertIdsAsync(scene, "state=moved", "command:changelog");
        await AssertIdsAsync(scene, "sort=state&order=asc&limit=1", "skill:pdf-tools");
        var item = (await scene.GetAsync($"{Artifacts}?group=documents")).Json.GetProperty("items")[0];
        Assert.Equal(("documents", "up_to_date"), (item.GetProperty("groups")[0].GetString(), item.GetProperty("state").GetString()));
        Assert.Equal(item.GetProperty("checked_at").GetString(), (await scene.GetAsync($"{Artifacts}/skill:pdf-tools")).Json.GetProperty("update").GetProperty("checked_at").GetString());
    }

    [Fact]
    public async Task A_tag_with_a_comma_is_a_filter_of_its_own_and_others_are_listed_with_commas()
    {
        using var place = TestHome.Sample();
        place.Write(place.Manifest, File.ReadAllText(place.Manifest).Replace("\"pdf\"", "\"office, pdf\", \"pdf\", \" left\"", StringComparison.Ordinal));
        await using var scene = await ServiceScene.StartAsync(place.Copy());
        var facets = (await scene.GetAsync($"{Base}/collections/default/artifact-facets")).Succeeds().Json.GetProperty("tags").EnumerateArray().Select(one => one.GetProperty("value").GetString()!).ToList();
        Assert.Contains("office, pdf", facets);
        foreach (var tag in facets) Assert.NotEqual((tag, 0), (tag, (await scene.GetAsync($"{Artifacts}?tag={Uri.EscapeDataString(tag)}")).Succeeds().Json.GetProperty("total").GetInt32()));
        await AssertIdsAsync(scene, "tag=Office,%20pdf&tag=pdf", "skill:pdf-tools");
        await AssertIdsAsync(scene, "tag=pdf,documents", "skill:pdf-tools");
        await AssertIdsAsync(scene, "tag=office,pdf");
    }

    [Fact]
    public async Task Bodies_are_those_of_the_command_line()
    {
        await using var scene = await ServiceScene.StartAsync();
        var shown = (await scene.Place.RunAsync("show", "pdf-tools", "--format", "json")).Succeeds().Json;
        Assert.Equal(JsonSerializer.Serialize(shown), JsonSerializer.Serialize((await scene.GetAsync($"{Artifacts}/skill:pdf-tools")).Json.GetProperty("artifact")));
        var listed = (await scene.Place.RunAsync("collection", "list", "--format", "json")).Succeeds().Json;
        Assert.Equal(listed[0].GetProperty("name").GetString(), (await scene.GetAsync($"{Base}/collections")).Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal(listed[0].EnumerateObject().Select(one => one.Name), (await scene.GetAsync($"{Base}/collections/default")).Json.EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task Errors_say_what_is_wrong_and_what_may_be_meant()
    {
        await using var scene = await ServiceScene.StartAsync(change: options => options with { LockTimeout = TimeSpan.FromMilliseconds(100) });
        Assert.Equal("default", (await scene.GetAsync($"{Base}/collections/defualt")).Fails(404, "CollectionNotFound").Json.GetProperty("nearest").GetString());
        Assert.Equal("skill:pdf-tools", (await scene.GetAsync($"{Artifacts}/skill:pdf-tool")).Fails(404, "ArtifactNotFound").Json.GetProperty("nearest").GetString());
        (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", new { name = "default" })).Fails(409, "CollectionExists");
        (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", new { name = "../evil" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", "{\"nmae\": \"x\"}")).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", "{")).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", "")).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", new StringContent("name: x", Encoding.UTF8, "text/yaml"))).Fails(415, "UnsupportedMediaType");
        (await scene.GetAsync($"{Base}/nothing")).Fails(404, "NotFound");
        var refused = (await scene.SendAsync(HttpMethod.Delete, $"{Base}/info")).Fails(405, "MethodNotAllowed");
        Assert.Contains("GET", refused.ContentHeaders.Allow);

        var store = CollectionStore.Open(scene.Place.Home);
        using (await store.Storage.LockAsync([CollectionStore.HomeLockName], TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken))
        {
            (await scene.SendAsync(HttpMethod.Post, $"{Base}/collections", new { name = "other" })).Fails(423, "LockTimeout");
        }

        scene.Place.Write(scene.Place.Manifest, "no toml");
        (await scene.GetAsync(Artifacts)).Fails(409, "InvalidToml");
        Assert.Equal("InvalidToml", (await scene.GetAsync($"{Base}/collections")).Succeeds().Json.GetProperty("items")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_unread()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(scene.Url.Host, scene.Url.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var head = $"POST /api/v1/collections HTTP/1.1\r\nHost: {scene.Url.Authority}\r\nAuthorization: Bearer {scene.Token}\r\nContent-Type: application/json\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {100 << 20}\r\n\r\n{{\"name\": \""), TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 413 ", await ReadHeadAsync(stream), StringComparison.Ordinal);

        // Without a length, as soon as it is too much.
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($"{{\"name\": \"{new string('x', 5 << 20)}\"}}")));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Base}/collections") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;
        try
        {
            using var answer = await scene.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The server closed the connection while the client was still sending.
        }

        (await scene.GetAsync($"{Base}/collections")).Succeeds();
    }

    [Fact]
    public async Task A_client_that_is_too_slow_is_cut_off()
    {
        await using var scene = await ServiceScene.StartAsync();
        var head = $"POST /api/v1/collections HTTP/1.1\r\nHost: {scene.Url.Authority}\r\nAuthorization: Bearer {scene.Token}\r\nContent-Type: application/json\r\n";
        var answers = await Task.WhenAll(
            SendSlowlyAsync(scene, $"{head}Content-Length: 1000\r\n\r\n{{"),
            SendSlowlyAsync(scene, "GET /health HTTP/1.1\r\nHost: "));
        Assert.StartsWith("HTTP/1.1 408 ", answers[0], StringComparison.Ordinal);
        // The request never became one, so it may be cut off without an answer.
        Assert.True(answers[1].Length == 0 || answers[1].StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), answers[1]);
    }

    private static async Task<string> SendSlowlyAsync(ServiceScene scene, string start)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(scene.Url.Host, scene.Url.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start), TestContext.Current.CancellationToken);
        return await ReadHeadAsync(stream).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task AssertIdsAsync(ServiceScene scene, string query, params string[] ids) =>
        Assert.Equal(ids, (await scene.GetAsync($"{Artifacts}?{query}")).Succeeds().Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("artifact_id").GetString()));
}

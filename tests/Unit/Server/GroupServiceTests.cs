using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Groups and their members over HTTP.</summary>
public sealed class GroupServiceTests
{
    private const string Groups = "api/v1/collections/default/groups";

    [Fact]
    public async Task A_group_is_created_shown_edited_and_deleted()
    {
        await using var scene = await ServiceScene.StartAsync();
        Assert.Equal("{\"items\":[],\"total\":0,\"next_cursor\":null}", (await scene.GetAsync(Groups)).Succeeds().Text);
        var created = (await scene.SendAsync(HttpMethod.Post, Groups, new { name = "writing", description = "For texts", color = "#3b82f6", icon = "pen", members = new[] { "meeting-notes" } })).Succeeds(HttpStatusCode.Created);
        Assert.Equal($"/{Groups}/writing", created.Headers.Location!.ToString());
        var shown = (await scene.GetAsync($"{Groups}/writing")).Succeeds();
        Assert.Equal(created.Text, shown.Text);
        Assert.Equal(["skill:meeting-notes"], TextsOf(shown.Json.GetProperty("members")));
        Assert.Equal(("default", "writing", "For texts"), (TextOf(shown, "collection"), TextOf(shown, "name"), TextOf(shown, "description")));
        Assert.Equal(("#3b82f6", "pen", 0), (TextOf(shown, "color"), TextOf(shown, "icon"), shown.Json.GetProperty("position").GetInt32()));
        Assert.Equal(HttpStatusCode.NotModified, (await scene.GetAsync($"{Groups}/WRITING", ("If-None-Match", shown.Tag!))).Status);

        var edited = (await scene.SendAsync(HttpMethod.Put, $"{Groups}/writing", new { name = "Texts", description = (string?)null, color = "slate" }, ("If-Match", shown.Tag!))).Succeeds();
        Assert.Equal(("Texts", (string?)null, "slate", "pen"), (TextOf(edited, "name"), TextOf(edited, "description"), TextOf(edited, "color"), TextOf(edited, "icon")));
        Assert.Equal(edited.Tag, (await scene.GetAsync($"{Groups}/Texts")).Succeeds().Tag);
        Assert.Equal("Texts", (await scene.GetAsync($"{Groups}/Text")).Fails(404, "EntryNotFound").Json.GetProperty("nearest").GetString());
        (await scene.SendAsync(HttpMethod.Post, Groups, new { name = "tEXTS" })).Fails(409, "EntryExists");

        (await scene.SendAsync(HttpMethod.Delete, $"{Groups}/Texts", null, ("If-Match", shown.Tag!))).Fails(412, "StaleEdit");
        var removed = (await scene.SendAsync(HttpMethod.Delete, $"{Groups}/Texts", null, ("If-Match", edited.Tag!))).Succeeds().Json;
        Assert.Equal(("default", "Texts"), (removed.GetProperty("collection").GetString(), removed.GetProperty("name").GetString()));
        Assert.NotNull(removed.GetProperty("snapshot_id").GetString());
        (await scene.SendAsync(HttpMethod.Delete, $"{Groups}/Texts")).Fails(404, "EntryNotFound");
        (await scene.GetAsync("api/v1/collections/default/artifacts/skill:meeting-notes")).Succeeds();
    }

    [Fact]
    public async Task Groups_are_ordered()
    {
        await using var scene = await ServiceScene.StartAsync();
        foreach (var name in new[] { "a", "b", "c" }) await CreateAsync(scene, name);
        var list = (await scene.GetAsync(Groups)).Succeeds();
        var ordered = (await scene.SendAsync(HttpMethod.Put, $"{Groups}/order", new { names = new[] { "c", "a" } }, ("If-Match", list.Tag!))).Succeeds();
        Assert.Equal(["c", "a", "b"], NamesOf(ordered));
        Assert.Equal(ordered.Tag, (await scene.GetAsync(Groups)).Tag);
        (await scene.SendAsync(HttpMethod.Put, $"{Groups}/order", new { names = new[] { "b" } }, ("If-Match", list.Tag!))).Fails(412, "StaleEdit");
        (await scene.SendAsync(HttpMethod.Put, $"{Groups}/order", new { names = new[] { "b", "x" } })).Fails(404, "EntryNotFound");
        Assert.Equal(["c", "a", "b"], NamesOf(await scene.GetAsync(Groups)));
        (await scene.SendAsync(HttpMethod.Put, $"{Groups}/b", new { position = 0 })).Succeeds();
        Assert.Equal(["b", "c", "a"], NamesOf(await scene.GetAsync(Groups)));
    }

    [Theory]
    [InlineData("order")]
    [InlineData("Order")]
    public async Task A_group_with_the_name_of_an_address_is_edited_like_any_other(string name)
    {
        await using var scene = await ServiceScene.StartAsync();
        await CreateAsync(scene, name);
        await CreateAsync(scene, "members");
        var shown = (await scene.GetAsync($"{Groups}/{name}")).Succeeds();
        Assert.Equal(name, TextOf(shown, "name"));
        (await scene.SendAsync(HttpMethod.Put, $"{Groups}/{name}", new { description = "x" }, ("If-Match", "\"other\""))).Fails(412, "StaleEdit");
        Assert.Equal("x", TextOf((await scene.SendAsync(HttpMethod.Put, $"{Groups}/{name}", new { description = "x" }, ("If-Match", shown.Tag!))).Succeeds(), "description"));
        Assert.Equal(["members", name], NamesOf((await scene.SendAsync(HttpMethod.Put, $"{Groups}/{name}", new { names = new[] { "members" } })).Succeeds()));
        (await scene.SendAsync(HttpMethod.Put, $"{Groups}/{name}", new { names = new[] { "members" }, description = "x" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Put, $"{Groups}/{name}/members", new { artifacts = new[] { "pdf-tools" } })).Succeeds();
        (await scene.GetAsync($"{Groups}/members/members")).Succeeds();
        (await scene.SendAsync(HttpMethod.Delete, $"{Groups}/{name}")).Succeeds();
        Assert.Equal(["members"], NamesOf(await scene.GetAsync(Groups)));
        (await scene.SendAsync(HttpMethod.Put, $"{Groups}/{name}", new { description = "x" })).Fails(404, "EntryNotFound");
    }

    [Fact]
    public async Task Members_are_added_set_and_removed()
    {
        await using var scene = await ServiceScene.StartAsync();
        await CreateAsync(scene, "g");
        const string Members = $"{Groups}/g/members";
        Assert.Equal(["skill:pdf-tools", "agent:code-reviewer"], MembersOf((await scene.SendAsync(HttpMethod.Post, Members, new { artifacts = new[] { "pdf-tools", "agent:code-reviewer" } })).Succeeds()));
        Assert.Equal(["command:changelog", "skill:pdf-tools", "agent:code-reviewer"], MembersOf((await scene.SendAsync(HttpMethod.Post, Members, new { artifacts = new[] { "changelog" }, position = 0 })).Succeeds()));
        var read = (await scene.GetAsync(Members)).Succeeds();
        var set = (await scene.SendAsync(HttpMethod.Put, Members, new { artifacts = new[] { "skill:meeting-notes", "skill:pdf-tools" } }, ("If-Match", read.Tag!))).Succeeds();
        Assert.Equal(["skill:meeting-notes", "skill:pdf-tools"], MembersOf(set));
        Assert.Equal(set.Tag, (await scene.GetAsync(Members)).Tag);
        (await scene.SendAsync(HttpMethod.Put, Members, new { artifacts = Array.Empty<string>() }, ("If-Match", read.Tag!))).Fails(412, "StaleEdit");
        (await scene.SendAsync(HttpMethod.Delete, $"{Members}/skill:pdf-tools", null, ("If-Match", read.Tag!))).Fails(412, "StaleEdit");
        Assert.Equal("skill:pdf-tools", (await scene.SendAsync(HttpMethod.Put, Members, new { artifacts = new[] { "skill:pdf-tool" } })).Fails(404, "ArtifactNotFound").Json.GetProperty("nearest").GetString());
        Assert.Equal(["skill:pdf-tools"], MembersOf((await scene.SendAsync(HttpMethod.Delete, $"{Members}/skill:meeting-notes")).Succeeds()));
        Assert.Equal("skill:pdf-tools", (await scene.SendAsync(HttpMethod.Delete, $"{Members}/skill:pdf-tool")).Fails(404, "ArtifactNotFound").Json.GetProperty("nearest").GetString());
        Assert.Empty(MembersOf((await scene.SendAsync(HttpMethod.Put, Members, new { artifacts = Array.Empty<string>() })).Succeeds()));
        (await scene.GetAsync($"{Groups}/h/members")).Fails(404, "EntryNotFound");
        (await scene.GetAsync("api/v1/collections/defalt/groups")).Fails(404, "CollectionNotFound");
    }

    [Fact]
    public async Task Missing_members_are_said_and_kept_as_they_are_spelled()
    {
        await using var scene = await ServiceScene.StartAsync();
        scene.Place.Write(scene.Place.Manifest, await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken) + "\n[[groups]]\nname = \"g\"\nmembers = [\"skill:gone\", \"pdf-tools\"] # mine\n");
        var members = (await scene.GetAsync($"{Groups}/g/members")).Succeeds();
        Assert.Equal([("skill:gone", true), ("pdf-tools", false)], members.Json.GetProperty("items").EnumerateArray().Select(one => (one.GetProperty("artifact_id").GetString()!, one.GetProperty("is_missing").GetBoolean())));
        Assert.Equal(["skill:gone"], TextsOf((await scene.GetAsync($"{Groups}/g")).Json.GetProperty("missing_members")));
        Assert.Equal(["pdf-tools", "skill:gone", "skill:meeting-notes"], MembersOf((await scene.SendAsync(HttpMethod.Put, $"{Groups}/g/members", new { artifacts = new[] { "skill:pdf-tools", "skill:gone", "meeting-notes" } })).Succeeds()));
        Assert.Contains("members = [\"pdf-tools\", \"skill:gone\", \"skill:meeting-notes\"] # mine", await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "groups", "{}")]
    [InlineData("POST", "groups", "{\"name\": \"\"}")]
    [InlineData("POST", "groups", "{\"name\": \"..\"}")]
    [InlineData("POST", "groups", "{\"name\": 1}")]
    [InlineData("POST", "groups", "{\"name\": \"x\", \"colour\": \"red\"}")]
    [InlineData("POST", "groups", "{\"name\": \"x\", \"color\": \"Red;\"}")]
    [InlineData("POST", "groups", "{\"name\": \"x\", \"position\": -1}")]
    [InlineData("POST", "groups", "{\"name\": \"x\", \"members\": [null]}")]
    [InlineData("POST", "groups", "{\"name\": \"x\\u0000\"}")]
    [InlineData("POST", "groups", "{\"name\": \"x\", \"description\": \"\\ud800\"}")]
    [InlineData("POST", "groups", "null")]
    [InlineData("PUT", "groups/g", "{\"name\": \".\"}")]
    [InlineData("PUT", "groups/g", "[]")]
    [InlineData("PUT", "groups/order", "{\"names\": [null]}")]
    [InlineData("POST", "groups/g/members", "{}")]
    [InlineData("POST", "groups/g/members", "{\"artifacts\": []}")]
    [InlineData("PUT", "groups/g/members", "{}")]
    [InlineData("PUT", "groups/g/members", "{\"artifacts\": [null]}")]
    [InlineData("PUT", "groups/g/members", "{\"artifacts\": [], \"position\": 1}")]
    [InlineData("POST", "mcp-servers", "{}")]
    [InlineData("POST", "mcp-servers", "{\"name\": \"x\", \"env_vars\": {\"A=B\": \"c\"}}")]
    [InlineData("POST", "mcp-servers", "{\"name\": \"x\", \"env_vars\": {\"A\": \"***\"}}")]
    [InlineData("POST", "mcp-servers", "{\"name\": \"x\", \"env_vars\": {\"A\": 1}}")]
    [InlineData("POST", "tag-definitions", "{\"name\": \"x\", \"slug\": \"Not A Slug\"}")]
    [InlineData("POST", "artifacts:move", "{}")]
    [InlineData("POST", "artifacts:move", "{\"artifacts\": [\"pdf-tools\"]}")]
    [InlineData("POST", "artifacts:copy", "{\"artifacts\": [null], \"to\": \"work\"}")]
    [InlineData("POST", "artifacts:copy", "{\"artifacts\": [\"pdf-tools\"], \"to\": \"default\"}")]
    public async Task A_wrong_body_is_refused_and_changes_nothing(string method, string path, string body)
    {
        await using var scene = await ServiceScene.StartAsync();
        await CreateAsync(scene, "g");
        var before = scene.Place.Tree("service", "cache", "locks");
        (await scene.SendAsync(new HttpMethod(method), $"api/v1/collections/default/{path}", body)).Fails(400, "InvalidArgument");
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
    }

    [Fact]
    public async Task Open_pages_hear_of_an_edit()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var response = await scene.Client.GetAsync("api/v1/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        await CreateAsync(scene, "g");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var lines = new List<string>();
        while (!lines.Any(line => line.StartsWith("data: ", StringComparison.Ordinal) && line.Contains("collections", StringComparison.Ordinal))) lines.Add(await reader.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException());
        Assert.Contains("\"collections\":[\"default\"]", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_artifacts_do_not_slow_the_list_down()
    {
        await using var scene = await ServiceScene.StartAsync();
        var manifest = new System.Text.StringBuilder("[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"2026-01-01T00:00:00\"\nupdated = \"2026-01-01T00:00:00\"\n");
        for (var i = 0; i < 10_000; i++)
            manifest.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n[[artifacts]]\nname = \"a{i}\"\ntype = \"skill\"\npath = \"skills/a{i}\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n");
        for (var g = 0; g < 20; g++) manifest.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n[[groups]]\nname = \"g{g}\"\nmembers = [{string.Join(", ", Enumerable.Range(g * 500, 500).Select(i => $"\"skill:a{i}\""))}]\n");
        scene.Place.Write(scene.Place.Manifest, manifest.ToString());
        // A file that was just written is read again each time.
        File.SetLastWriteTimeUtc(scene.Place.Manifest, DateTime.UtcNow.AddMinutes(-1));
        var times = new List<TimeSpan>();
        for (var i = 0; i < 60; i++)
        {
            var start = System.Diagnostics.Stopwatch.StartNew();
            var answer = (await scene.GetAsync(Groups)).Succeeds();
            times.Add(start.Elapsed);
            if (i == 0) Assert.Equal(20, answer.Json.GetProperty("items").GetArrayLength());
        }

        var best = times.Order().ElementAt(5).TotalMilliseconds;
        TestContext.Current.SendDiagnosticMessage($"GET groups: {best} ms, median {times.Order().ElementAt(30).TotalMilliseconds} ms");
        // The aim is 10 ms; other programs use the processor as well.
        Assert.True(best < 50, $"{best} ms");
    }

    internal static async Task<ServiceAnswer> CreateAsync(ServiceScene scene, string name) => (await scene.SendAsync(HttpMethod.Post, Groups, new { name })).Succeeds(HttpStatusCode.Created);

    internal static string? TextOf(ServiceAnswer answer, string key) => answer.Json.GetProperty(key).GetString();

    private static IEnumerable<string> TextsOf(JsonElement texts) => texts.EnumerateArray().Select(one => one.GetString()!);

    internal static IEnumerable<string> NamesOf(ServiceAnswer answer) => answer.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("name").GetString()!);

    private static IEnumerable<string> MembersOf(ServiceAnswer answer) => answer.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString()!);
}

using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Snapshots over HTTP.</summary>
public sealed class SnapshotServiceTests
{
    private const string Snapshots = "api/v1/collections/default/snapshots";

    [Fact]
    public async Task Old_snapshots_are_removed_together()
    {
        await using var scene = await ServiceScene.StartAsync();
        foreach (var name in new[] { "one", "two", "three" }) (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/mcp-servers", new { name, repo = "octo/x", env_vars = new { KEY = name } })).Succeeds(HttpStatusCode.Created);
        foreach (var name in new[] { "one", "two", "three" }) (await scene.SendAsync(HttpMethod.Delete, $"api/v1/collections/default/mcp-servers/{name}")).Succeeds();
        var kept = (await scene.SendAsync(HttpMethod.Post, Snapshots, new { message = "kept" })).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        var all = await IdsAsync(scene);
        Assert.True(all.Count > 3);
        const string Remove = $"{Snapshots}:remove";
        (await scene.SendAsync(HttpMethod.Post, Remove, new { })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, Remove, new { snapshots = all, keep_last = 1 })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, Remove, new { keep_last = -1 })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, Remove, new { before = "2999-01-01T00:00:00Z" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, Remove, new { snapshots = new[] { all[0], "20200101-000000-000000" } })).Fails(404, "SnapshotNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/none/snapshots:remove", new { keep_last = 1 })).Fails(404, "CollectionNotFound");
        Assert.Equal(0, (await scene.SendAsync(HttpMethod.Post, Remove, new { before = "2020-01-01T00:00:00Z" })).Succeeds().Json.GetArrayLength());
        Assert.Equal(all.Count - 2, (await scene.SendAsync(HttpMethod.Post, Remove, new { keep_last = 1, dry_run = true })).Succeeds().Json.GetArrayLength());
        Assert.Equal(all, await IdsAsync(scene));

        (await scene.SendAsync(HttpMethod.Post, Remove, new { keep_last = 1 })).Succeeds();
        // One that somebody took is no automatic one.
        Assert.Equal([kept, all[1]], await IdsAsync(scene));
        Assert.Equal(all[1], Assert.Single((await scene.SendAsync(HttpMethod.Post, Remove, new { snapshots = new[] { all[1], all[1] } })).Succeeds().Json.EnumerateArray().ToList()).GetProperty("id").GetString());
        Assert.Equal([kept], await IdsAsync(scene));
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(ServiceScene scene) => [.. (await scene.GetAsync(Snapshots)).Succeeds().Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    [Fact]
    public async Task A_snapshot_is_taken_compared_restored_verified_and_removed()
    {
        await using var scene = await ServiceScene.StartAsync();
        var first = (await scene.SendAsync(HttpMethod.Post, Snapshots, new { message = "one" })).Succeeds(HttpStatusCode.Created);
        var id = first.Json.GetProperty("id").GetString()!;
        Assert.Equal("one", (await scene.GetAsync(first.Headers.Location!.ToString())).Succeeds().Json.GetProperty("message").GetString());
        var original = await File.ReadAllBytesAsync(Pdf(scene), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Pdf(scene), "---\nname: pdf-tools\ndescription: Edited\n---\n", TestContext.Current.CancellationToken);
        (await scene.SendAsync(HttpMethod.Delete, "api/v1/artifacts/agent:code-reviewer")).Succeeds();

        Assert.Equal(["agent:code-reviewer deleted code-reviewer.md", "skill:pdf-tools changed SKILL.md"], Changes((await scene.GetAsync($"{Snapshots}/{id}/compare")).Succeeds().Json));
        var second = (await scene.SendAsync(HttpMethod.Post, Snapshots)).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        Assert.Equal(["agent:code-reviewer added code-reviewer.md", "skill:pdf-tools changed SKILL.md"], Changes((await scene.GetAsync($"{Snapshots}/{second}/compare?to={id}")).Succeeds().Json));
        // Before the removal, a snapshot was taken automatically.
        var list = (await scene.GetAsync(Snapshots)).Succeeds().Json;
        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal(["agent:code-reviewer deleted code-reviewer.md"], Changes((await scene.GetAsync($"{Snapshots}/{second}")).Succeeds().Json));
        var page = (await scene.GetAsync($"{Snapshots}?limit=2")).Succeeds().Json;
        Assert.Equal(id, (await scene.GetAsync($"{Snapshots}?limit=2&cursor={page.GetProperty("next_cursor").GetString()}")).Succeeds().Json.GetProperty("items")[0].GetProperty("id").GetString());

        var before = scene.Place.Tree("service", "cache", "objects");
        var plan = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Snapshots}/{id}/restore", new { dry_run = true }));
        Assert.Equal(["agent:code-reviewer", "skill:pdf-tools"], plan.GetProperty("changed_artifacts").EnumerateArray().Select(one => one.GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(before, scene.Place.Tree("service", "cache", "objects"));
        var one = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Snapshots}/{id}/restore", new { artifacts = new[] { "skill:pdf-tools" } }));
        Assert.Equal("skill:pdf-tools", Assert.Single(one.GetProperty("changed_artifacts").EnumerateArray().ToList()).GetString());
        Assert.Equal(original, await File.ReadAllBytesAsync(Pdf(scene), TestContext.Current.CancellationToken));
        (await scene.GetAsync("api/v1/artifacts/agent:code-reviewer")).Fails(404, "ArtifactNotFound");
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Snapshots}/{id}/restore"));
        (await scene.GetAsync("api/v1/artifacts/agent:code-reviewer")).Succeeds();

        Assert.True((await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Snapshots}/{id}/verify"))).GetProperty("is_sound").GetBoolean());
        (await scene.SendAsync(HttpMethod.Delete, $"{Snapshots}/{id}", null, ("If-Match", "\"other\""))).Fails(412, "StaleEdit");
        Assert.Equal(id, (await scene.SendAsync(HttpMethod.Delete, $"{Snapshots}/{id}")).Succeeds().Json.GetProperty("id").GetString());
        (await scene.GetAsync($"{Snapshots}/{id}")).Fails(404, "SnapshotNotFound");
    }

    [Fact]
    public async Task A_deleted_collection_is_listed_until_it_is_restored()
    {
        await using var scene = await ServiceScene.StartAsync();
        Assert.Equal(0, (await scene.GetAsync("api/v1/deleted-collections")).Succeeds().Json.GetProperty("total").GetInt32());
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections", new { name = "work" })).Succeeds(HttpStatusCode.Created);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/artifacts:copy", new { artifacts = new[] { "skill:pdf-tools" }, to = "work" })).Succeeds();
        (await scene.SendAsync(HttpMethod.Delete, "api/v1/collections/work")).Succeeds();

        var deleted = Assert.Single((await scene.GetAsync("api/v1/deleted-collections")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList());

        Assert.Equal("work", deleted.GetProperty("name").GetString());
        var snapshots = (await scene.GetAsync("api/v1/collections/work/snapshots")).Succeeds().Json;
        Assert.Equal(snapshots.GetProperty("total").GetInt32(), deleted.GetProperty("snapshot_count").GetInt32());
        Assert.Equal(snapshots.GetProperty("items")[0].GetProperty("created_at").GetString(), deleted.GetProperty("last_snapshot_at").GetString());
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"api/v1/collections/work/snapshots/{snapshots.GetProperty("items")[0].GetProperty("id").GetString()}/restore"));
        (await scene.GetAsync("api/v1/collections/work")).Succeeds();
        Assert.Equal(0, (await scene.GetAsync("api/v1/deleted-collections")).Succeeds().Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_last_refresh_is_taken_back()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/rollback")).Fails(404, "SnapshotNotFound");
        var before = await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/refresh"));
        var refreshed = await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken);
        Assert.NotEqual(before, refreshed);
        var id = (await scene.SendAsync(HttpMethod.Post, Snapshots)).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/rollback", new { snapshot_id = id })).Fails(400, "InvalidArgument");
        var plan = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/rollback", new { dry_run = true }));
        Assert.NotEmpty(plan.GetProperty("changed_artifacts").EnumerateArray());
        Assert.Equal(refreshed, await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken));
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/rollback"));
        Assert.Equal(before, await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Changes_reach_those_who_listen()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var stream = await scene.Client.GetStreamAsync("api/v1/events", TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal(": connected", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        (await scene.SendAsync(HttpMethod.Post, Snapshots)).Succeeds(HttpStatusCode.Created);
        Assert.Contains("snapshots", await DataAsync(reader), StringComparison.Ordinal);
        (await scene.SendAsync(HttpMethod.Delete, "api/v1/artifacts/agent:code-reviewer")).Succeeds();
        Assert.Contains("collections", await DataAsync(reader), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"message\": 1}")]
    [InlineData("{\"messages\": \"a\"}")]
    [InlineData("[")]
    public async Task A_wrong_body_is_refused(string body)
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, Snapshots, body)).Fails(400, "InvalidArgument");
        Assert.Equal(0, (await scene.GetAsync(Snapshots)).Succeeds().Json.GetProperty("total").GetInt32());
    }

    private static async Task<string> DataAsync(StreamReader reader)
    {
        using var longest = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        longest.CancelAfter(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(longest.Token) is { } line)
        {
            if (line.StartsWith("data: {\"kinds", StringComparison.Ordinal)) return line;
        }

        throw new EndOfStreamException();
    }

    private static IEnumerable<string> Changes(JsonElement json) => json.GetProperty("changes").EnumerateArray()
        .Select(one => $"{one.GetProperty("artifact_id").GetString()} {one.GetProperty("change").GetString()} {string.Join(' ', one.GetProperty("changed_files").EnumerateArray().Select(file => file.GetString()))}".TrimEnd())
        .Order(StringComparer.Ordinal);

    private static string Pdf(ServiceScene scene) => scene.Place.At("collections", "default", "skills", "pdf-tools", "SKILL.md");
}

using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Refreshes as jobs.</summary>
public sealed class JobTests
{
    private const string Refresh = "api/v1/collections/default/refresh";

    [Fact]
    public async Task A_check_tells_what_the_command_line_tells_and_changes_nothing()
    {
        await using var scene = await ServiceScene.StartAsync();
        var before = scene.Place.Tree("service", "cache");
        var job = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=check"));
        Assert.Equal(("check", "default", "succeeded"), (job.GetProperty("kind").GetString(), job.GetProperty("collection").GetString(), job.GetProperty("state").GetString()));
        var command = (await scene.Place.RunAsync("collection", "refresh", "--check-only", "--format", "json")).Succeeds(2).Json;
        Assert.Equal(JsonSerializer.Serialize(command), JsonSerializer.Serialize(job.GetProperty("result")));
        Assert.Equal(before, scene.Place.Tree("service", "cache"));
    }

    [Fact]
    public async Task The_findings_of_a_check_are_shown_even_in_a_home_without_a_cache()
    {
        await using var scene = await ServiceScene.StartAsync();
        await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=check"));
        var states = (await scene.GetAsync("api/v1/collections/default/artifacts")).Succeeds().Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("state").GetString());
        Assert.Contains("update_available", states);
    }

    [Fact]
    public async Task A_refresh_takes_over_metadata_after_a_snapshot()
    {
        await using var scene = await ServiceScene.StartAsync();
        var before = scene.Place.Tree("service", "cache");
        var dry = (await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Refresh}?dry_run=true"))).GetProperty("result");
        Assert.Equal((true, JsonValueKind.Null), (dry.GetProperty("dry_run").GetBoolean(), dry.GetProperty("snapshot_id").ValueKind));
        Assert.Equal(before, scene.Place.Tree("service", "cache"));

        var result = (await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, Refresh, new { artifacts = new[] { "skill:meeting-notes" }, fields = new[] { "license" } }))).GetProperty("result");
        var entry = Assert.Single(result.GetProperty("entries").EnumerateArray());
        Assert.Equal(("refreshed", "license"), (entry.GetProperty("status").GetString(), entry.GetProperty("changes")[0].GetString()));
        Assert.Matches("^[0-9]{8}-", result.GetProperty("snapshot_id").GetString()!);
        Assert.Equal("MIT", (await scene.GetAsync("api/v1/artifacts/skill:meeting-notes")).Json.GetProperty("artifact").GetProperty("license").GetString());
    }

    [Fact]
    public async Task A_sync_updates_files()
    {
        await using var scene = await ServiceScene.StartAsync();
        var result = (await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=sync", new { artifacts = new[] { "skill:meeting-notes" } }))).GetProperty("result");
        Assert.Equal("updated", Assert.Single(result.EnumerateArray()).GetProperty("status").GetString());
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(scene.Place.Place, "upstream", "skills", "meeting-notes", "SKILL.md"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(scene.Place.At("collections", "default", "skills", "meeting-notes", "SKILL.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_collection_tells_its_last_check()
    {
        await using var scene = await ServiceScene.StartAsync();
        const string Address = "api/v1/collections/default/refresh";
        Assert.Equal(JsonValueKind.Null, (await scene.GetAsync(Address)).Succeeds().Json.GetProperty("checked_at").ValueKind);
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Address}?mode=check", new { artifacts = new[] { "skill:meeting-notes" } }));
        Assert.InRange((await scene.GetAsync(Address)).Succeeds().Json.GetProperty("checked_at").GetDateTimeOffset(), before, DateTimeOffset.UtcNow.AddSeconds(1));
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections", new { name = "work" })).Succeeds(System.Net.HttpStatusCode.Created);
        Assert.Equal(JsonValueKind.Null, (await scene.GetAsync("api/v1/collections/work/refresh")).Succeeds().Json.GetProperty("checked_at").ValueKind);
        (await scene.GetAsync("api/v1/collections/other/refresh")).Fails(404, "CollectionNotFound");
    }

    [Fact]
    public async Task A_sync_updates_by_the_strategy_that_it_names()
    {
        await using var scene = await ServiceScene.StartAsync();
        var notes = scene.Place.At("collections", "default", "skills", "meeting-notes", "SKILL.md");
        var before = await File.ReadAllTextAsync(notes, TestContext.Current.CancellationToken);
        var result = (await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=sync", new { artifacts = new[] { "skill:meeting-notes" }, strategy = "keep_local" }))).GetProperty("result");
        Assert.Equal("kept_local", Assert.Single(result.EnumerateArray()).GetProperty("status").GetString());
        Assert.Equal(before, await File.ReadAllTextAsync(notes, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_body_takes_the_mode_and_the_filters_of_the_command_line()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/groups", new { name = "office", members = new[] { "skill:pdf-tools", "changelog" } })).Succeeds(System.Net.HttpStatusCode.Created);
        async Task<string> CheckAsync(object body)
        {
            var job = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, Refresh, body));
            return string.Join(' ', job.GetProperty("result").EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString()));
        }

        var all = (await CheckAsync(new { mode = "check" })).Split(' ');
        Assert.Equal(all.Where(id => id.StartsWith("skill:", StringComparison.Ordinal)), (await CheckAsync(new { mode = "check", type = "skill" })).Split(' '));
        Assert.Equal("skill:meeting-notes", await CheckAsync(new { mode = "check", name = "meeting-*" }));
        Assert.Equal("skill:meeting-notes", await CheckAsync(new { mode = "check", name = "Meeting-notes", type = "skill" }));
        Assert.Equal(all.Where(id => id is "skill:pdf-tools" or "command:changelog"), (await CheckAsync(new { mode = "check", group = "Office" })).Split(' '));
        Assert.Equal("skill:pdf-tools", await CheckAsync(new { mode = "check", group = "office", type = "skill" }));

        var before = scene.Place.Tree("service", "cache");
        var options = new { mode = "sync", dry_run = true, name = "meeting-notes", clean = true, remove_deleted = true, resolve_with = "upstream" };
        var dry = (await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, Refresh, options))).GetProperty("result");
        Assert.True(Assert.Single(dry.EnumerateArray()).GetProperty("dry_run").GetBoolean());
        Assert.Equal(before, scene.Place.Tree("service", "cache"));
    }

    [Fact]
    public async Task A_check_takes_in_copies_in_projects()
    {
        await using var scene = await ServiceScene.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(System.Net.HttpStatusCode.Created);
        await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/deploy", new { artifacts = new[] { "skill:meeting-notes" } }));
        await File.AppendAllTextAsync(Path.Combine(folder, ".claude", "skills", "meeting-notes", "SKILL.md"), "mine\n", TestContext.Current.CancellationToken);
        var job = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, Refresh, new { mode = "check", projects = new[] { "app" }, name = "meeting-notes" }));
        var copy = Assert.Single(Assert.Single(job.GetProperty("result").EnumerateArray()).GetProperty("copies").EnumerateArray());
        Assert.Equal(folder, copy.GetProperty("project").GetString());
        (await scene.SendAsync(HttpMethod.Post, Refresh, new { mode = "check", projects = new[] { "none" } })).Fails(404, "ProjectNotFound");
        (await scene.SendAsync(HttpMethod.Post, Refresh, new { mode = "check", profiles = new[] { "codex" } })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, Refresh, new { projects = new[] { "app" } })).Fails(400, "InvalidArgument");
    }

    [Fact]
    public async Task A_request_that_cannot_work_begins_no_job()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=sync", new { strategy = "marge" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=check", new { strategy = "merge" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=all")).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Refresh}?dry_run=maybe")).Fails(400, "InvalidArgument");
        Assert.Equal("skill:pdf-tools", (await scene.SendAsync(HttpMethod.Post, Refresh, new { artifacts = new[] { "skill:pdf-tolls" } })).Fails(404, "ArtifactNotFound").Json.GetProperty("nearest").GetString());
        var bodies = new object[]
        {
            new { mode = "all" }, new { type = "skil" }, new { type = "" }, new { name = " " }, new { group = "" }, new { clean = true }, new { remove_deleted = true }, new { resolve_with = "upstream" },
            new { mode = "sync", resolve_with = "/etc" },
        };
        foreach (var body in bodies)
            (await scene.SendAsync(HttpMethod.Post, Refresh, body)).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Refresh}?mode=check", new { mode = "sync" })).Fails(400, "InvalidArgument");
        Assert.Equal("pdf-tools", (await scene.SendAsync(HttpMethod.Post, Refresh, new { name = "pdf-tolls" })).Fails(404, "ArtifactNotFound").Json.GetProperty("nearest").GetString()?.Split(':')[^1]);
        (await scene.SendAsync(HttpMethod.Post, Refresh, new { name = "pdf-tools", type = "command" })).Fails(404, "ArtifactNotFound");
        (await scene.SendAsync(HttpMethod.Post, Refresh, new { group = "none" })).Fails(404, "EntryNotFound");
        (await scene.SendAsync(HttpMethod.Post, Refresh, new { fields = new[] { "colour" } })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/other/refresh")).Fails(404, "CollectionNotFound");
        (await scene.GetAsync("api/v1/jobs/1")).Fails(404, "JobNotFound");
        Assert.Equal(0, (await scene.GetAsync("api/v1/jobs")).Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_job_that_fails_says_why_and_the_metrics_count_it()
    {
        await using var scene = await ServiceScene.StartAsync(change: options => options with { LockTimeout = TimeSpan.FromMilliseconds(50) });
        var store = SkillMeat.Collections.CollectionStore.Open(scene.Place.Home);
        JsonElement job;
        using (await store.Storage.LockAsync([SkillMeat.Collections.CollectionStore.LockNameOf("default")], TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken))
        {
            job = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, Refresh));
        }

        Assert.Equal(("failed", "LockTimeout", 423), (job.GetProperty("state").GetString(), job.GetProperty("problem").GetProperty("code").GetString(), job.GetProperty("problem").GetProperty("status").GetInt32()));
        var metrics = (await scene.GetAsync("metrics")).Succeeds();
        Assert.Equal("text/plain", metrics.ContentHeaders.ContentType?.MediaType);
        Assert.Contains("skillmeat_job_duration_seconds_count{skillmeat_job_kind=\"refresh\",skillmeat_job_state=\"failed\"} 1", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{http_request_method=\"POST\",http_route=\"/api/v1/collections/{collection}/refresh\",http_response_status_code=\"202\"} 1", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("# TYPE skillmeat_cache_hits_total counter", metrics.Text, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>The contract with scripts: exit codes, keys, spellings, and nothing else on standard output.</summary>
public sealed class ContractTests
{
    private static readonly string[] _changeTypes = ["up_to_date", "updated", "moved", "deleted", "new", "unknown"];

    [Fact]
    public async Task A_check_prints_an_array_with_the_contracts_keys_and_exits_with_2()
    {
        using var home = TestHome.Sample();
        var before = home.Tree();

        var run = (await home.RunAsync("collection", "refresh", "--check-only", "--format", "json")).Succeeds(2);

        Assert.Equal(before, home.Tree());
        Assert.Empty(run.Error);
        Assert.NotEqual(0xEF, run.OutputBytes[0]);
        var checks = run.Json.EnumerateArray().ToDictionary(c => Text(c, "artifact_id")!);
        // The keys of the contract come first, in its order; additional ones follow.
        Assert.All(checks.Values, c => Assert.Equal(
            ["artifact_id", "name", "type", "collection", "change_type", "update_available", "current_sha", "upstream_sha", "ref", "new_path", "reason", "drift", "code", "new_repository", "old_sha", "new_sha"],
            c.EnumerateObject().Select(p => p.Name)));
        Assert.All(checks.Values, c => Assert.Contains(Text(c, "change_type"), _changeTypes));
        Assert.Equal(
            [
                ("agent:code-reviewer", "unknown", false, null), ("command:changelog", "moved", true, "commands/release-notes.md"),
                ("skill:meeting-notes", "updated", true, null), ("skill:pdf-tools", "up_to_date", false, null), ("skill:quick-sum", "new", false, "skills/quick-sum"),
            ],
            checks.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, Text(c.Value, "change_type"), c.Value.GetProperty("update_available").GetBoolean(), Text(c.Value, "new_path"))));
        var updated = checks["skill:meeting-notes"];
        Assert.Equal(("meeting-notes", "skill", "default", "latest"), (Text(updated, "name"), Text(updated, "type"), Text(updated, "collection"), Text(updated, "ref")));
        Assert.Matches("^[0-9a-f]{64}$", Text(updated, "current_sha")!);
        Assert.NotEqual(Text(updated, "current_sha"), Text(updated, "upstream_sha"));
    }

    [Fact]
    public async Task A_refresh_prints_an_object_with_the_contracts_keys()
    {
        using var home = TestHome.Sample();

        var run = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds();

        Assert.Empty(run.Error);
        Assert.Equal(["collection", "snapshot_id", "dry_run", "summary", "entries"], run.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("default", Text(run.Json, "collection"));
        Assert.Matches("^[0-9]{8}-[0-9]{6}-[0-9]{6}$", Text(run.Json, "snapshot_id")!);
        var summary = run.Json.GetProperty("summary");
        Assert.Equal(
            ["refreshed_count", "unchanged_count", "skipped_count", "error_count", "total_processed", "success_rate", "duration_ms"],
            summary.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            (1, 1, 2, 0, 4, 50.0),
            (Number(summary, "refreshed_count"), Number(summary, "unchanged_count"), Number(summary, "skipped_count"), Number(summary, "error_count"), Number(summary, "total_processed"), summary.GetProperty("success_rate").GetDouble()));
        Assert.True(summary.GetProperty("duration_ms").GetDouble() > 0);
        var entries = run.Json.GetProperty("entries").EnumerateArray().ToDictionary(e => Text(e, "artifact_id")!);
        Assert.All(entries.Values, e => Assert.Equal(
            ["artifact_id", "status", "changes", "old_values", "new_values", "reason", "error", "code", "duration_ms", "tags_imported_at", "dry_run"], e.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(
            [("agent:code-reviewer", "skipped"), ("command:changelog", "skipped"), ("skill:meeting-notes", "refreshed"), ("skill:pdf-tools", "unchanged")],
            entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, Text(e.Value, "status"))));
        var refreshed = entries["skill:meeting-notes"];
        Assert.Equal("""["tags","description","license","author"]""", Compact(refreshed.GetProperty("changes")));
        Assert.Equal("""{"tags":["favourite","writing"],"description":"Turn raw transcripts into meeting notes.","license":null,"author":null}""", Compact(refreshed.GetProperty("old_values")));
        Assert.Equal(
            """{"tags":["favourite","writing","meetings"],"description":"Turn raw transcripts into structured meeting notes with owners and dates.","license":"MIT","author":"Sample Author"}""",
            Compact(refreshed.GetProperty("new_values")));
        Assert.Equal("[] {} {}", string.Join(' ', new[] { "changes", "old_values", "new_values" }.Select(k => Compact(entries["skill:pdf-tools"].GetProperty(k)))));
    }

    [Fact]
    public async Task A_dry_run_says_the_same_as_the_refresh_and_writes_nothing()
    {
        using var home = TestHome.Sample();
        var before = home.Tree();

        var dry = (await home.RunAsync("collection", "refresh", "--dry-run", "--format", "json")).Succeeds().Json;

        Assert.Equal(before, home.Tree());
        Assert.Equal((true, null), (dry.GetProperty("dry_run").GetBoolean(), Text(dry, "snapshot_id")));
        var real = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds().Json;
        Assert.Equal(WithoutTimes(dry), WithoutTimes(real));
    }

    [Theory]
    [InlineData(0, "skill:pdf-tools", "pdf-tools")]
    [InlineData(2, "skill:meeting-notes", "meeting-notes")]
    [InlineData(0, "agent:code-reviewer", "code-reviewer")]
    public async Task A_check_exits_with_2_only_for_updates(int exitCode, string id, string name)
    {
        using var home = TestHome.Sample();
        var run = (await home.RunAsync("collection", "refresh", "--check-only", "--name", name, "--format", "json")).Succeeds(exitCode);
        Assert.Equal(id, Text(Assert.Single(run.Json.EnumerateArray()), "artifact_id"));
    }

    [Fact]
    public async Task An_upstream_that_is_not_there_is_an_error_of_its_artifacts_alone()
    {
        using var home = TestHome.Sample();
        home.Write(home.Manifest, (await File.ReadAllTextAsync(home.Manifest, TestContext.Current.CancellationToken)).Replace("upstream/skills/pdf-tools", "unplugged/skills/pdf-tools", StringComparison.Ordinal));

        var check = (await home.RunAsync("collection", "refresh", "--check-only", "--format", "json")).Succeeds(1).Json.EnumerateArray().ToDictionary(c => Text(c, "artifact_id")!);
        var refresh = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds(1).Json;

        Assert.Equal(("unknown", false), (Text(check["skill:pdf-tools"], "change_type"), check["skill:pdf-tools"].GetProperty("update_available").GetBoolean()));
        Assert.Contains("unplugged", Text(check["skill:pdf-tools"], "reason"), StringComparison.Ordinal);
        Assert.Equal("updated", Text(check["skill:meeting-notes"], "change_type"));
        var entries = refresh.GetProperty("entries").EnumerateArray().ToDictionary(e => Text(e, "artifact_id")!);
        Assert.Equal(("error", "UpstreamNotFound"), (Text(entries["skill:pdf-tools"], "status"), Text(entries["skill:pdf-tools"], "code")));
        Assert.Contains("unplugged", Text(entries["skill:pdf-tools"], "error"), StringComparison.Ordinal);
        Assert.Equal("refreshed", Text(entries["skill:meeting-notes"], "status"));
        Assert.Equal(25.0, refresh.GetProperty("summary").GetProperty("success_rate").GetDouble());
        var kept = (await home.RunAsync("show", "pdf-tools", "--format", "json")).Succeeds().Json;
        Assert.Equal(("Sample Author", "Apache-2.0"), (Text(kept, "author"), Text(kept, "license")));
    }

    [Fact]
    public async Task An_empty_collection_has_a_success_rate_of_100_percent()
    {
        using var home = TestHome.WithSkills(0);
        var summary = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds().Json.GetProperty("summary");
        Assert.Equal((0, 100.0), (Number(summary, "total_processed"), summary.GetProperty("success_rate").GetDouble()));
        Assert.Equal(0, (await home.RunAsync("collection", "refresh", "--check-only", "--format", "json")).Succeeds().Json.GetArrayLength());
    }

    [Theory]
    [InlineData("list", "artifact_id name type collection path origin origin_source added last_updated upstream version_spec resolved_sha resolved_version content_hash tags tags_imported_at title description author license version category deprecated ref fetched discovered_at tools dependencies target_platforms uuid import_id linked_artifacts unlinked_references extra other_values")]
    [InlineData("show pdf-tools", "artifact_id name type collection path origin origin_source added last_updated upstream version_spec resolved_sha resolved_version content_hash tags tags_imported_at title description author license version category deprecated ref fetched discovered_at tools dependencies target_platforms uuid import_id linked_artifacts unlinked_references extra other_values")]
    [InlineData("collection list", "name is_active artifact_count updated problem code title folder created mcp_server_count groups mcp_servers group_definitions tag_definitions format_version other_values description")]
    [InlineData("collection show", "name title folder is_active created updated artifact_count mcp_server_count groups artifacts mcp_servers group_definitions tag_definitions format_version other_values description")]
    [InlineData("collection snapshots", "id kind collection created_at message artifact_count size_bytes content_bytes problem snapshot_id")]
    [InlineData("snapshot list", "id kind created_at message artifact_count size_bytes content_bytes collection problem snapshot_id")]
    [InlineData("snapshot new", "id kind created_at message artifact_count size_bytes content_bytes collection problem warnings snapshot_id")]
    [InlineData("snapshot verify --all", "id collection is_sound object_count size_bytes problems snapshot_id")]
    [InlineData("snapshot remove --keep-last 0 --yes", "id kind created_at message artifact_count size_bytes content_bytes collection problem snapshot_id")]
    [InlineData("collection refresh --fields help", "name meaning")]
    [InlineData("collection create other", "name folder created")]
    [InlineData("collection use default", "active_collection")]
    [InlineData("init", "home active_collection")]
    [InlineData("search", "total match items")]
    public async Task Every_command_prints_one_JSON_value_and_nothing_else(string command, string keys)
    {
        using var home = TestHome.Sample();
        (await home.RunAsync("collection", "refresh")).Succeeds();
        var run = (await home.RunAsync([.. command.Split(' '), "--format", "json", "--verbose"])).Succeeds();
        var first = run.Json.ValueKind == JsonValueKind.Array ? run.Json[0] : run.Json;
        Assert.Equal(keys, string.Join(' ', first.EnumerateObject().Select(p => p.Name)));
        Assert.Equal((byte)'\n', run.OutputBytes[^1]);
    }

    [Fact]
    public async Task Times_in_JSON_are_UTC_and_say_so()
    {
        using var home = TestHome.Sample();
        Assert.Equal("2026-11-01T09:02:00Z", Text((await home.RunAsync("show", "pdf-tools", "--format", "json")).Succeeds().Json, "added"));
    }

    [Fact]
    public async Task Fields_are_chosen_and_explained()
    {
        using var home = TestHome.Sample();
        // The list of fields needs no home at all.
        var help = (await SkmRun.StartAsync(["collection", "refresh", "--fields", "help", "--format", "json"])).Succeeds().Json;
        Assert.Equal("tags description category license deprecated author origin_source", string.Join(' ', help.EnumerateArray().Select(f => Text(f, "name"))));
        Assert.All(help.EnumerateArray(), f => Assert.NotEmpty(Text(f, "meaning")!));
        var table = (await SkmRun.StartAsync(["collection", "refresh", "--fields", "help"])).Succeeds().Output;
        Assert.All(help.EnumerateArray(), f => Assert.Contains(Text(f, "name")!, table, StringComparison.Ordinal));

        var run = (await home.RunAsync("collection", "refresh", "--fields", "License,author", "--format", "json")).Succeeds().Json;
        var changed = run.GetProperty("entries").EnumerateArray().Where(e => Text(e, "status") == "refreshed").Select(e => Compact(e.GetProperty("changes")));
        Assert.Equal(["""["license","author"]"""], changed);
    }

    [Fact]
    public async Task A_refresh_by_type_and_name_leaves_the_others_alone()
    {
        using var home = TestHome.WithSkills(3);
        var run = (await home.RunAsync("collection", "refresh", "--type", "SKILL", "--name", "a1", "--name", "A3", "--format", "json")).Succeeds().Json;
        Assert.Equal(["skill:a1", "skill:a3"], run.GetProperty("entries").EnumerateArray().Select(e => Text(e, "artifact_id")));
        var texts = (await home.RunAsync("list", "--format", "json")).Succeeds().Json.EnumerateArray().Select(a => Text(a, "description"));
        Assert.Equal(["New text of a1", "Old text", "New text of a3"], texts);
    }

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();

    private static int Number(JsonElement element, string key) => element.GetProperty(key).GetInt32();

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static string WithoutTimes(JsonElement refresh) => string.Join('\n', refresh.GetProperty("entries").EnumerateArray()
        .Select(e => string.Join(' ', e.EnumerateObject().Where(p => p.Name is not ("duration_ms" or "tags_imported_at" or "dry_run")).Select(p => p.Value.ToString()))));
}

using System.Net;
using System.Text.Json;
using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Edits of collections over HTTP, and artifacts that go from one to another.</summary>
public sealed class CollectionServiceTests
{
    private const string Collections = "api/v1/collections";

    [Fact]
    public async Task A_collection_is_described_renamed_and_made_active()
    {
        await using var scene = await ServiceScene.StartAsync();
        var work = (await scene.SendAsync(HttpMethod.Post, Collections, new { name = "work", description = "For work" })).Succeeds(HttpStatusCode.Created);
        Assert.Equal(("work", "For work"), (TextOf(work, "name"), TextOf(work, "description")));
        var shown = (await scene.GetAsync($"{Collections}/work")).Succeeds();
        var edited = (await scene.SendAsync(HttpMethod.Put, $"{Collections}/work", new { name = "team", description = "For all", is_active = true }, ("If-Match", shown.Tag!))).Succeeds();
        Assert.Equal(("team", "For all", true), (TextOf(edited, "name"), TextOf(edited, "description"), edited.Json.GetProperty("is_active").GetBoolean()));
        Assert.Equal(edited.Text, (await scene.GetAsync($"{Collections}/team")).Succeeds().Text);
        (await scene.GetAsync($"{Collections}/work")).Fails(404, "CollectionNotFound");
        Assert.Equal(JsonValueKind.Null, (await scene.SendAsync(HttpMethod.Put, $"{Collections}/team", new { name = "team", description = (string?)null })).Succeeds().Json.GetProperty("description").ValueKind);
        // Values that are left out stay.
        (await scene.SendAsync(HttpMethod.Put, $"{Collections}/team", new { description = "x" })).Succeeds();
        Assert.Equal("x", TextOf((await scene.SendAsync(HttpMethod.Put, $"{Collections}/team", new { is_active = true })).Succeeds(), "description"));

        // Nothing of an edit is made if a part of it is refused.
        (await scene.SendAsync(HttpMethod.Put, $"{Collections}/team", new { name = "default", description = "y" })).Fails(409, "CollectionExists");
        foreach (var name in new[] { "../up", "a/b", ".git", "", "con", new string('a', 10_000), "a\nb" })
            (await scene.SendAsync(HttpMethod.Put, $"{Collections}/team", new { name, description = "y" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Put, $"{Collections}/team", new { is_active = false, description = "y" })).Fails(400, "InvalidArgument");
        Assert.Equal("x", TextOf(await scene.GetAsync($"{Collections}/team"), "description"));
    }

    [Theory]
    [InlineData("{\"description\": \"mine\"}")]
    [InlineData("{\"name\": \"mine\"}")]
    [InlineData("{\"is_active\": true}")]
    [InlineData("{\"name\": \"mine\", \"description\": \"mine\", \"is_active\": true}")]
    [InlineData(null)]
    public async Task A_stale_edit_of_a_collection_changes_nothing(string? body)
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, Collections, new { name = "work" })).Succeeds(HttpStatusCode.Created);
        var tag = (await scene.GetAsync($"{Collections}/work")).Tag!;
        // Another process.
        Assert.Equal(0, (await scene.Place.RunAsync("collection", "edit", "work", "--description", "theirs")).ExitCode);
        var before = scene.Place.Tree("service", "cache", "locks");
        (await scene.SendAsync(body is null ? HttpMethod.Delete : HttpMethod.Put, $"{Collections}/work", body, ("If-Match", tag))).Fails(412, "StaleEdit");
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        (await scene.SendAsync(body is null ? HttpMethod.Delete : HttpMethod.Put, $"{Collections}/work", body, ("If-Match", (await scene.GetAsync($"{Collections}/work")).Tag!))).Succeeds();
    }

    [Fact]
    public async Task A_deleted_collection_can_be_restored()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, Collections, new { name = "work" })).Succeeds(HttpStatusCode.Created);
        var deleted = (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/default")).Succeeds().Json;
        Assert.Equal(("default", 4, "work"), (deleted.GetProperty("collection").GetString(), deleted.GetProperty("artifact_count").GetInt32(), deleted.GetProperty("active_collection").GetString()));
        Assert.Equal(["work"], GroupServiceTests.NamesOf(await scene.GetAsync(Collections)));
        (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/default")).Fails(404, "CollectionNotFound");
        Assert.Equal(0, (await scene.Place.RunAsync("snapshot", "restore", deleted.GetProperty("snapshot_id").GetString()!, "--collection", "default", "--yes")).ExitCode);
        Assert.Equal(4, (await scene.GetAsync($"{Collections}/default")).Succeeds().Json.GetProperty("artifact_count").GetInt32());
    }

    [Fact]
    public async Task A_collection_with_links_to_its_files_is_deleted_only_by_force()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        await using var scene = await ServiceScene.StartAsync();
        var project = Directory.CreateDirectory(scene.Place.At("..", "project")).FullName;
        Assert.Equal(0, (await scene.Place.RunAsync("deploy", "pdf-tools", "--mode", "link", "--project", project)).ExitCode);
        Assert.Equal(0, (await scene.Place.RunAsync("project", "register", project)).ExitCode);

        var planned = (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/default?dry_run=true")).Succeeds().Json;
        Assert.True(planned.GetProperty("dry_run").GetBoolean());
        var link = Assert.Single(planned.GetProperty("linked_deployments").EnumerateArray()).GetString()!;
        Assert.Contains(link, (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/default")).Fails(400, "InvalidArgument").Json.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(link, "SKILL.md")));
        (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/default?force=true")).Succeeds();
        Assert.False(File.Exists(Path.Combine(link, "SKILL.md")));
    }

    [Fact]
    public async Task Artifacts_are_copied_and_moved()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, Collections, new { name = "work" })).Succeeds(HttpStatusCode.Created);
        var before = scene.Place.Tree("service", "cache", "locks");
        var planned = (await scene.SendAsync(HttpMethod.Post, $"{Collections}/default/artifacts:move", new { artifacts = new[] { "pdf-tools" }, to = "work", dry_run = true })).Succeeds().Json;
        Assert.True(planned[0].GetProperty("dry_run").GetBoolean());
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        var copied = (await scene.SendAsync(HttpMethod.Post, $"{Collections}/default/artifacts:copy", new { artifacts = new[] { "skill:pdf-tools" }, to = "work", name = "pdf" })).Succeeds().Json;
        Assert.Equal(["skill:pdf", "work", "default"], new[] { "artifact_id", "collection", "source" }.Select(key => copied[0].GetProperty(key).GetString()));
        Assert.False(copied[0].GetProperty("is_moved").GetBoolean());
        var moved = (await scene.SendAsync(HttpMethod.Post, $"{Collections}/default/artifacts:move", new { artifacts = new[] { "meeting-notes", "changelog" }, to = "work" })).Succeeds().Json;
        Assert.Equal(2, moved.GetArrayLength());
        Assert.Equal(["command:changelog", "skill:meeting-notes", "skill:pdf"], CollectionStore.Open(scene.Place.Home).Read("work").Artifacts.Select(one => one.ArtifactId).Order(StringComparer.Ordinal));
        (await scene.GetAsync($"{Collections}/default/artifacts/skill:meeting-notes")).Fails(404, "ArtifactNotFound");
        (await scene.SendAsync(HttpMethod.Post, $"{Collections}/default/artifacts:move", new { artifacts = new[] { "pdf-tools", "meeting-notes" }, to = "work" })).Fails(404, "ArtifactNotFound");
        var misspelled = (await scene.SendAsync(HttpMethod.Post, $"{Collections}/default/artifacts:move", new { artifacts = new[] { "pdf-tools" }, to = "wrk" })).Fails(404, "CollectionNotFound");
        Assert.Equal("work", TextOf(misspelled, "nearest"));
        (await scene.GetAsync($"{Collections}/default/artifacts/skill:pdf-tools")).Succeeds();
    }

    private static string? TextOf(ServiceAnswer answer, string key) => answer.Json.GetProperty(key).GetString();
}

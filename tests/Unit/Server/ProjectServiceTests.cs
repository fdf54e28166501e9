using System.Net;
using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Projects, deployments and syncs over HTTP.</summary>
public sealed class ProjectServiceTests
{
    [Fact]
    public async Task A_project_is_registered_gets_artifacts_and_is_synchronized()
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "my app")).FullName;
        var registered = (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        var id = registered.Json.GetProperty("id").GetString()!;
        Assert.Equal("my app", (await scene.GetAsync(registered.Headers.Location!.ToString())).Succeeds().Json.GetProperty("name").GetString());
        foreach (var name in new[] { id, "my%20app", Uri.EscapeDataString(folder) }) Assert.Equal(id, (await scene.GetAsync($"api/v1/projects/{name}")).Succeeds().Json.GetProperty("id").GetString());

        var plan = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"api/v1/projects/{id}/deploy", new { artifacts = new[] { "skill:pdf-tools", "changelog" }, dry_run = true }));
        Assert.All(plan.EnumerateArray(), one => Assert.True(one.GetProperty("dry_run").GetBoolean()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        var deployed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"api/v1/projects/{id}/deploy", new { artifacts = new[] { "skill:pdf-tools", "changelog" } }));
        Assert.Equal(["deployed", "deployed"], deployed.EnumerateArray().Select(one => one.GetProperty("status").GetString()));
        var copy = Path.Combine(folder, ".claude", "skills", "pdf-tools", "SKILL.md");
        Assert.True(File.Exists(copy));

        await File.AppendAllTextAsync(copy, "mine\n", TestContext.Current.CancellationToken);
        var all = (await scene.GetAsync("api/v1/deployments")).Succeeds().Json;
        Assert.Equal((2, 1, 1), (all.GetProperty("total").GetInt32(), all.GetProperty("counts").GetProperty("modified").GetInt32(), all.GetProperty("counts").GetProperty("in_sync").GetInt32()));
        foreach (var (query, total) in new[] { ("state=modified", 1), ("type=command", 1), ("q=pdf", 1), ("project=my%20app", 2), ($"project={id}", 2), ("profile=claude_code", 2), ("state=removed", 0) })
        {
            Assert.Equal((query, total), (query, (await scene.GetAsync($"api/v1/deployments?{query}")).Succeeds().Json.GetProperty("total").GetInt32()));
        }

        Assert.Equal("command:changelog", (await scene.GetAsync("api/v1/deployments?sort=name&limit=1")).Succeeds().Json.GetProperty("items")[0].GetProperty("artifact_id").GetString());
        Assert.Equal("skill:pdf-tools", (await scene.GetAsync("api/v1/deployments?sort=name&order=desc&limit=1")).Succeeds().Json.GetProperty("items")[0].GetProperty("artifact_id").GetString());
        Assert.Equal("modified", (await scene.GetAsync("api/v1/artifacts/skill:pdf-tools/deployments")).Succeeds().Json.GetProperty("items")[0].GetProperty("state").GetString());
        Assert.Equal("skill:pdf-tools", Assert.Single((await scene.GetAsync("api/v1/drift")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList()).GetProperty("artifact_id").GetString());
        Assert.Equal(2, (await scene.GetAsync($"api/v1/drift?project={id}&in_sync=true")).Succeeds().Json.GetProperty("total").GetInt32());
        var diff = (await scene.GetAsync($"api/v1/artifacts/skill:pdf-tools/diff?project={id}")).Succeeds().Json;
        Assert.Equal(("collection", "project", "SKILL.md"), (diff.GetProperty("from").GetString(), diff.GetProperty("to").GetString(), diff.GetProperty("files")[0].GetProperty("path").GetString()));

        var planned = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { direction = "push", dry_run = true }));
        Assert.Contains(planned.EnumerateArray(), one => one.GetProperty("status").GetString() == "pushed");
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { direction = "push", projects = new[] { folder }, artifacts = new[] { "skill:pdf-tools" } }));
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(scene.Place.At("collections", "default", "skills", "pdf-tools", "SKILL.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty((await scene.GetAsync("api/v1/drift")).Succeeds().Json.GetProperty("items").EnumerateArray());

        var removed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"api/v1/projects/{id}/undeploy", new { artifacts = new[] { "skill:pdf-tools" } }));
        Assert.Equal("removed", removed[0].GetProperty("status").GetString());
        Assert.False(File.Exists(copy));
        (await scene.SendAsync(HttpMethod.Delete, $"api/v1/projects/{id}")).Succeeds();
        Assert.Equal(0, (await scene.GetAsync("api/v1/projects")).Succeeds().Json.GetProperty("total").GetInt32());
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task Deployments_of_artifacts_with_an_update_upstream_are_counted_and_listed()
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/deploy", new { artifacts = new[] { "skill:pdf-tools", "skill:meeting-notes" } }));
        var before = (await scene.GetAsync("api/v1/deployments")).Succeeds().Json;
        Assert.Equal((2, 0), (before.GetProperty("total").GetInt32(), before.GetProperty("updates_upstream").GetInt32()));

        await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/refresh?mode=check"));

        Assert.Equal(1, (await scene.GetAsync("api/v1/deployments")).Succeeds().Json.GetProperty("updates_upstream").GetInt32());
        var listed = (await scene.GetAsync("api/v1/deployments?update=true")).Succeeds().Json;
        Assert.Equal("skill:meeting-notes", Assert.Single(listed.GetProperty("items").EnumerateArray().ToList()).GetProperty("artifact_id").GetString());
        Assert.Equal((1, 1), (listed.GetProperty("total").GetInt32(), listed.GetProperty("counts").GetProperty("in_sync").GetInt32()));
        Assert.Equal(0, (await scene.GetAsync("api/v1/deployments?type=command")).Succeeds().Json.GetProperty("updates_upstream").GetInt32());
        Assert.Equal(0, (await scene.GetAsync("api/v1/deployments?update=true&state=modified")).Succeeds().Json.GetProperty("total").GetInt32());
        var synced = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { direction = "pull", dry_run = true }));
        Assert.All(synced.EnumerateArray(), one => Assert.False(one.GetProperty("is_user_scope").GetBoolean()));
    }

    [Fact]
    public async Task Lists_syncs_and_removals_are_restricted_to_a_group()
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/groups", new { name = "Daily", members = new[] { "skill:pdf-tools" } })).Succeeds(HttpStatusCode.Created);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/deploy", new { artifacts = new[] { "skill:pdf-tools", "changelog" } }));
        foreach (var address in new[] { "deployments", "drift?in_sync=true" })
        {
            var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            Assert.Equal(2, (await scene.GetAsync($"api/v1/{address}")).Succeeds().Json.GetProperty("total").GetInt32());
            Assert.Equal("skill:pdf-tools", Assert.Single((await scene.GetAsync($"api/v1/{address}{separator}group=daily")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList()).GetProperty("artifact_id").GetString());
            Assert.Equal(0, (await scene.GetAsync($"api/v1/{address}{separator}collection=gone")).Succeeds().Json.GetProperty("total").GetInt32());
        }

        foreach (var address in new[] { "deployments", "drift", "cache/stale-artifacts", "cache/search" })
        {
            Assert.Contains("Did you mean 'Daily'?", (await scene.GetAsync($"api/v1/{address}?group=Dayly")).Fails(404, "EntryNotFound").Text, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await scene.GetAsync("api/v1/cache/stale-artifacts?group=Daily")).Succeeds().Json.GetProperty("total").GetInt32());
        Assert.Equal(1, (await scene.GetAsync("api/v1/cache/search?group=daily")).Succeeds().Json.GetProperty("total").GetInt32());
        (await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { group = "Dayly" })).Fails(404, "EntryNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { group = "" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/undeploy", new { group = "Dayly" })).Fails(404, "EntryNotFound");
        foreach (var path in new[] { "skills/pdf-tools/SKILL.md", "commands/changelog.md" }) await File.AppendAllTextAsync(Path.Combine(folder, ".claude", path), "mine\n", TestContext.Current.CancellationToken);
        var pushed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { direction = "push", group = "Daily" }));
        Assert.Equal("skill:pdf-tools", Assert.Single(pushed.EnumerateArray().ToList()).GetProperty("artifact_id").GetString());
        var removed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/undeploy", new { group = "Daily" }));
        Assert.Equal("skill:pdf-tools", Assert.Single(removed.EnumerateArray().ToList()).GetProperty("artifact_id").GetString());
        Assert.True(File.Exists(Path.Combine(folder, ".claude", "commands", "changelog.md")));
    }

    [Fact]
    public async Task A_name_with_escapes_of_its_own_is_that_project_and_no_other()
    {
        await using var scene = await StartAsync();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "a b", "a%20b", "a%2Fb" })
        {
            var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, name)).FullName;
            ids[name] = (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        }

        foreach (var (name, id) in ids)
        {
            Assert.Equal(id, (await scene.GetAsync($"api/v1/projects/{Uri.EscapeDataString(name)}")).Succeeds().Json.GetProperty("id").GetString());
            Assert.Equal(id, (await scene.GetAsync($"api/v1/projects/{Uri.EscapeDataString(Path.Combine(scene.Place.Place, name))}")).Succeeds().Json.GetProperty("id").GetString());
            await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"api/v1/projects/{Uri.EscapeDataString(name)}/deploy", new { artifacts = new[] { "skill:pdf-tools" } }));
            var deployed = ids.Keys.Where(one => Directory.Exists(Path.Combine(scene.Place.Place, one, ".claude"))).ToList();
            Assert.Equal([name], deployed);
            Assert.Equal(1, (await scene.GetAsync($"api/v1/deployments?project={Uri.EscapeDataString(name)}")).Succeeds().Json.GetProperty("total").GetInt32());
            await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { direction = "push", projects = new[] { name }, dry_run = true }));
            Directory.Delete(Path.Combine(scene.Place.Place, name, ".claude"), recursive: true);
        }
    }

    [Fact]
    public async Task The_folders_of_the_user_are_a_project_of_their_own()
    {
        await using var scene = await StartAsync();
        var deployed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/~/deploy", new { artifacts = new[] { "pdf-tools" } }));
        Assert.Equal("deployed", deployed[0].GetProperty("status").GetString());
        Assert.True(File.Exists(Path.Combine(scene.Place.Place, "user", ".claude", "skills", "pdf-tools", "SKILL.md")));
        var copy = Assert.Single((await scene.GetAsync("api/v1/deployments")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList());
        Assert.True(copy.GetProperty("is_user_scope").GetBoolean());
        await File.AppendAllTextAsync(Path.Combine(scene.Place.Place, "user", ".claude", "skills", "pdf-tools", "SKILL.md"), "mine\n", TestContext.Current.CancellationToken);
        var diff = (await scene.GetAsync("api/v1/artifacts/skill:pdf-tools/diff?project=~&from=collection&to=deployed&profile=claude_code")).Succeeds().Json;
        Assert.Equal("SKILL.md", Assert.Single(diff.GetProperty("files").EnumerateArray().ToList()).GetProperty("path").GetString());
        var synced = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { direction = "push", projects = new[] { "~" }, profile = "claude_code", artifacts = new[] { "skill:pdf-tools" } }));
        Assert.Equal("pushed", Assert.Single(synced.EnumerateArray().ToList()).GetProperty("status").GetString());
        var removed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/~/undeploy", new { artifacts = new[] { "skill:pdf-tools" }, profile = "claude_code" }));
        Assert.Equal("removed", Assert.Single(removed.EnumerateArray().ToList()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_copy_is_removed_by_its_profile_and_by_a_collection_that_is_gone()
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections", new { name = "work" })).Succeeds(HttpStatusCode.Created);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/artifacts:copy", new { artifacts = new[] { "skill:pdf-tools" }, to = "work" })).Succeeds();
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/deploy", new { artifacts = new[] { "skill:pdf-tools" }, collection = "work", profiles = new[] { "claude_code", "codex" } }));
        (await scene.SendAsync(HttpMethod.Delete, "api/v1/collections/work")).Succeeds();
        var copies = (await scene.GetAsync("api/v1/deployments")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([("claude_code", "work"), ("codex", "work")], copies.Select(one => (one.GetProperty("profile").GetString(), one.GetProperty("collection").GetString())));

        var removed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/undeploy", new { artifacts = new[] { "skill:pdf-tools" }, profile = "codex", collection = "work" }));
        Assert.Equal("removed", Assert.Single(removed.EnumerateArray().ToList()).GetProperty("status").GetString());
        Assert.Equal("claude_code", Assert.Single((await scene.GetAsync("api/v1/deployments")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList()).GetProperty("profile").GetString());
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/deploy", new { artifacts = new[] { "skill:pdf-tools" }, collection = "work" })).Fails(404, "CollectionNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/undeploy", new { artifacts = new[] { "skill:pdf-tools" }, collection = "../work" })).Fails(400, "InvalidArgument");
    }

    [Fact]
    public async Task A_conflict_is_reported_with_its_files()
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/deploy", new { artifacts = new[] { "pdf-tools" } }));
        var (copy, own) = (Path.Combine(folder, ".claude", "skills", "pdf-tools", "SKILL.md"), scene.Place.At("collections", "default", "skills", "pdf-tools", "SKILL.md"));
        var text = await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(copy, text + "mine\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(own, text + "other\n", TestContext.Current.CancellationToken);
        var synced = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { }));
        Assert.Equal(("conflict", "SKILL.md"), (synced[0].GetProperty("status").GetString(), synced[0].GetProperty("conflicts")[0].GetProperty("path").GetString()));
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { resolve_with = "project" }));
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(own, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_in_a_project_is_adopted_after_a_preview()
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, ".claude", "skills", "found")).FullName, "SKILL.md");
        var text = "---\r\nname: found\r\ndescription: Made here\r\n---\r\n";
        await File.WriteAllTextAsync(copy, text, TestContext.Current.CancellationToken);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        var own = scene.Place.At("collections", "default", "skills", "found", "SKILL.md");

        var body = new { projects = new[] { folder }, artifacts = new[] { "skill:found" }, profile = "claude_code", collection = "default" };
        var plan = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/adopt", new { body.projects, body.artifacts, body.profile, body.collection, dry_run = true }));
        Assert.Equal(("adopted", true, false), (plan[0].GetProperty("status").GetString(), plan[0].GetProperty("dry_run").GetBoolean(), File.Exists(own)));

        var adopted = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/adopt", body));
        Assert.Equal(("skill:found", "adopted"), (adopted[0].GetProperty("artifact_id").GetString(), adopted[0].GetProperty("status").GetString()));
        Assert.Equal((text, text), (await File.ReadAllTextAsync(own, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken)));
        Assert.Equal("in_sync", (await scene.GetAsync("api/v1/deployments")).Succeeds().Json.GetProperty("items")[0].GetProperty("state").GetString());

        (await scene.SendAsync(HttpMethod.Post, "api/v1/adopt", new { })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/adopt", new { projects = new[] { folder }, collection = "nowhere" })).Fails(404, "CollectionNotFound");
    }

    [Theory]
    [InlineData("{\"path\": \"\"}", 400)]
    [InlineData("{}", 400)]
    [InlineData("{\"path\": 1}", 400)]
    [InlineData("{\"path\": \"/nowhere/at/all\"}", 404)]
    [InlineData("{\"path\": \"a\\u0000b\"}", 400)]
    [InlineData("{\"path\": \"~\"}", 404)]
    public async Task A_folder_that_is_none_is_refused(string body, int status)
    {
        await using var scene = await StartAsync();
        var answer = await scene.SendAsync(HttpMethod.Post, "api/v1/projects", body);
        Assert.True((int)answer.Status == status, answer.Text);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", JsonSerializer.Serialize(new { path = scene.Place.Home }))).Fails(400, "InvalidArgument");
        Assert.Equal(0, (await scene.GetAsync("api/v1/projects")).Succeeds().Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_wrong_name_is_answered_with_the_nearest()
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "website")).FullName;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        Assert.Equal("website", (await scene.GetAsync("api/v1/projects/websit")).Fails(404, "ProjectNotFound").Json.GetProperty("nearest").GetString());
        Assert.Equal("skill:pdf-tools", (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/website/deploy", new { artifacts = new[] { "skill:pdf-tool" } })).Fails(404, "ArtifactNotFound").Json.GetProperty("nearest").GetString());
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/website/deploy", new { })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/website/undeploy", new { group = "a" })).Fails(404, "EntryNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { direction = "sideways" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { strategy = "overwrite" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/sync", new { resolve_with = "/etc" })).Fails(400, "InvalidArgument");
    }

    private static async Task<ServiceScene> StartAsync()
    {
        var place = TestHome.Sample();
        var user = Directory.CreateDirectory(Path.Combine(place.Place, "user")).FullName;
        return await ServiceScene.StartAsync(place, environment: new Dictionary<string, string?> { ["HOME"] = user, ["USERPROFILE"] = user });
    }
}

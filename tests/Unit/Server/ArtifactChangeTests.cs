using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Adding, updating, comparing and removing artifacts over HTTP.</summary>
public sealed class ArtifactChangeTests
{
    private const string Artifacts = "api/v1/collections/default/artifacts";
    private const string Notes = $"{Artifacts}/skill:meeting-notes";

    [Fact]
    public async Task A_folder_is_looked_at_and_added()
    {
        await using var scene = await ServiceScene.StartAsync();
        var source = Path.Combine(scene.Place.Place, "upstream");
        var before = scene.Place.Tree("service", "cache");
        var preview = await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { source }, preview = true }));
        Assert.Contains(preview.EnumerateArray(), one => one.GetProperty("artifact_id").GetString() == "skill:quick-sum" && one.GetProperty("state").GetString() == "new");
        Assert.Equal(before, scene.Place.Tree("service", "cache"));

        // There is a choice to make.
        var choice = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { source } }));
        Assert.Equal((400, "InvalidArgument"), (choice.GetProperty("problem").GetProperty("status").GetInt32(), choice.GetProperty("problem").GetProperty("code").GetString()));
        Assert.Contains("skill:quick-sum", choice.GetProperty("problem").GetProperty("detail").GetString(), StringComparison.Ordinal);

        var added = await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { Path.Combine(source, "skills", "quick-sum") } }));
        Assert.Equal("added", added[0].GetProperty("status").GetString());
        (await scene.GetAsync($"{Artifacts}/skill:quick-sum")).Succeeds();
        var all = await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { source }, all = true }));
        Assert.True(all.GetArrayLength() >= 3);
    }

    [Fact]
    public async Task An_artifact_is_added_under_the_name_of_the_preview_where_another_has_its_own()
    {
        await using var scene = await ServiceScene.StartAsync();
        scene.Place.WriteUpstream("office/pdf-tools/SKILL.md", "---\nname: pdf-tools\ndescription: Another one\n---\n");
        var specs = new[] { Path.Combine(scene.Place.Place, "upstream", "office", "pdf-tools") };
        var preview = Assert.Single((await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs, preview = true }))).EnumerateArray());
        Assert.Equal("new", preview.GetProperty("state").GetString());

        var added = Assert.Single((await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs, keep_going = true }))).EnumerateArray());

        Assert.Equal(("added", preview.GetProperty("artifact_id").GetString(), specs[0]), (added.GetProperty("status").GetString(), added.GetProperty("artifact_id").GetString(), added.GetProperty("spec").GetString()));
        Assert.NotEqual("skill:pdf-tools", added.GetProperty("artifact_id").GetString());
        // The second time it is there.
        preview = Assert.Single((await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs, preview = true }))).EnumerateArray());
        Assert.Equal("present", preview.GetProperty("state").GetString());
        Assert.Equal("unchanged", (await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs })))[0].GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"specs\": []}")]
    [InlineData("{\"specs\": [\"\"]}")]
    [InlineData("{\"specs\": [null]}")]
    [InlineData("{\"specs\": \"a/b\"}")]
    [InlineData("{\"specs\": [1]}")]
    [InlineData("{\"specs\": [\"a/b\"], \"type\": \"skil\"}")]
    [InlineData("{\"specs\": [\"a/b\", \"c/d\"], \"name\": \"x\"}")]
    [InlineData("{\"specs\": [\"a/b\"], \"unknown\": 1}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_wrong_body_is_refused(string body)
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, Artifacts, body)).Fails(400, "InvalidArgument");
        Assert.Empty((await scene.GetAsync("api/v1/jobs")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("not a source")]
    [InlineData("\u0000")]
    [InlineData("/nowhere/at/all")]
    public async Task A_source_that_is_none_fails_the_job_alone(string spec)
    {
        await using var scene = await ServiceScene.StartAsync();
        var job = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { spec } }));
        var outcome = job.GetProperty("state").GetString() == "failed" ? job.GetProperty("problem").GetProperty("status").GetInt32() : job.GetProperty("result")[0].GetProperty("status").GetString() == "error" ? 200 : 0;
        Assert.True(outcome is 200 or 400 or 404, job.ToString());
    }

    [Fact]
    public async Task Added_artifacts_join_a_group()
    {
        await using var scene = await ServiceScene.StartAsync();
        scene.Place.WriteUpstream("skills/new-one/SKILL.md", "---\nname: new-one\ndescription: New\n---\n");
        var spec = Path.Combine(scene.Place.Place, "upstream", "skills", "new-one");
        (await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { spec }, group = "nowhere" })).Fails(404, "EntryNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/groups", new { name = "fresh" })).Succeeds(HttpStatusCode.Created);
        var added = await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { spec }, group = "fresh" }));
        Assert.Equal("added", added[0].GetProperty("status").GetString());
        var members = (await scene.GetAsync("api/v1/collections/default/groups/fresh/members")).Succeeds().Json.GetProperty("items");
        Assert.Equal("skill:new-one", Assert.Single(members.EnumerateArray().ToList()).GetProperty("artifact_id").GetString());
        // In one transaction, which takes no snapshot, as an addition alone: the only one is from before the group.
        Assert.Single((await scene.GetAsync("api/v1/collections/default/snapshots")).Succeeds().Json.GetProperty("items").EnumerateArray());

        // One that is there already joins, too, and a second time changes nothing.
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/groups", new { name = "later" })).Succeeds(HttpStatusCode.Created);
        foreach (var _ in new[] { 1, 2 })
        {
            var known = await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Artifacts, new { specs = new[] { spec }, group = "LATER" }));
            Assert.Equal("unchanged", known[0].GetProperty("status").GetString());
            Assert.Equal(1, (await scene.GetAsync("api/v1/collections/default/groups/later/members")).Succeeds().Json.GetProperty("total").GetInt32());
            Assert.Equal("Before edit of group 'LATER'", (await scene.GetAsync("api/v1/collections/default/snapshots")).Succeeds().Json.GetProperty("items")[0].GetProperty("message").GetString());
        }
    }

    [Fact]
    public async Task An_update_is_planned_and_made()
    {
        await using var scene = await ServiceScene.StartAsync();
        var planned = await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Notes}/update", new { strategy = "merge", dry_run = true }));
        Assert.Equal(("skill:meeting-notes", true), (planned[0].GetProperty("artifact_id").GetString(), planned[0].GetProperty("dry_run").GetBoolean()));
        (await scene.SendAsync(HttpMethod.Post, $"{Notes}/update", new { strategy = "marge" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Notes}/update", new { strategy = "prompt" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Notes}/update", new { resolve_with = "/etc" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, $"{Artifacts}/skill:meeting-note/update", new { })).Fails(404, "ArtifactNotFound");
        var made = await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Notes}/update"));
        Assert.Equal("updated", made[0].GetProperty("status").GetString());
        Assert.Equal(await ReadAsync(Path.Combine(scene.Place.Place, "upstream", "skills", "meeting-notes", "SKILL.md")), await ReadAsync(scene.Place.At("collections", "default", "skills", "meeting-notes", "SKILL.md")));

        // The state before is a version that can be compared.
        var versions = (await scene.GetAsync($"{Notes}/versions")).Succeeds().Json.GetProperty("items");
        var id = Assert.Single(versions.EnumerateArray().ToList()).GetProperty("snapshot_id").GetString()!;
        Assert.Equal(made[0].GetProperty("snapshot_id").GetString(), id);
        var diff = (await scene.GetAsync($"{Notes}/diff?from={id}&to=collection")).Succeeds().Json;
        Assert.Equal(("SKILL.md", "changed"), (diff.GetProperty("files")[0].GetProperty("path").GetString(), diff.GetProperty("files")[0].GetProperty("change").GetString()));
        Assert.Empty((await scene.GetAsync($"{Notes}/diff?from=collection&to=upstream")).Succeeds().Json.GetProperty("files").EnumerateArray());
    }

    [Theory]
    [InlineData("from=collectoin", 400)]
    [InlineData("from=20000101-000000-000000", 404)]
    [InlineData("from=2..%2f..%2fx", 404)]
    [InlineData("from=snapshot:", 400)]
    [InlineData("from=deployed", 400)]
    [InlineData("from=collection&to=deployed&project=nowhere", 404)]
    [InlineData("from=collection&to=deployed&project=..", 404)]
    public async Task A_side_that_is_none_is_refused(string query, int status)
    {
        await using var scene = await ServiceScene.StartAsync();
        var answer = await scene.GetAsync($"{Notes}/diff?{query}");
        Assert.True((int)answer.Status == status, answer.Text);
    }

    [Fact]
    public async Task An_artifact_is_removed_unless_it_was_changed_since_it_was_read()
    {
        await using var scene = await ServiceScene.StartAsync();
        var tag = (await scene.GetAsync(Notes)).Tag!;
        Assert.True((await scene.SendAsync(HttpMethod.Delete, $"{Notes}?dry_run=true")).Succeeds().Json.GetProperty("dry_run").GetBoolean());
        await EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Notes}/update"));
        (await scene.SendAsync(HttpMethod.Delete, Notes, null, ("If-Match", tag))).Fails(412, "StaleEdit");
        var removed = (await scene.SendAsync(HttpMethod.Delete, Notes, null, ("If-Match", (await scene.GetAsync(Notes)).Tag!))).Succeeds().Json;
        Assert.NotEqual(JsonValueKind.Null, removed.GetProperty("snapshot_id").ValueKind);
        (await scene.GetAsync(Notes)).Fails(404, "ArtifactNotFound");
        (await scene.SendAsync(HttpMethod.Delete, Notes)).Fails(404, "ArtifactNotFound");
        Assert.False(Directory.Exists(scene.Place.At("collections", "default", "skills", "meeting-notes")));
    }

    [Fact]
    public async Task Several_artifacts_are_removed_in_one_change_or_none_is()
    {
        await using var scene = await ServiceScene.StartAsync();
        const string Remove = "api/v1/collections/default/artifacts:remove";
        var before = (await scene.GetAsync("api/v1/collections/default/snapshots")).Json.GetProperty("total").GetInt32();
        (await scene.SendAsync(HttpMethod.Post, Remove, new { artifacts = new[] { "skill:pdf-tools", "skill:gone" } })).Fails(404, "ArtifactNotFound");
        foreach (var body in new[] { "{}", "{\"artifacts\": []}", "{\"artifacts\": [null]}", "{\"artifacts\": [\"skill:pdf-tools\"], \"to\": \"work\"}" }) (await scene.SendAsync(HttpMethod.Post, Remove, body)).Fails(400, "InvalidArgument");
        var planned = (await scene.SendAsync(HttpMethod.Post, Remove, new { artifacts = new[] { "skill:pdf-tools", "command:changelog" }, dry_run = true })).Succeeds().Json;
        Assert.All(planned.EnumerateArray(), one => Assert.True(one.GetProperty("dry_run").GetBoolean()));
        (await scene.GetAsync("api/v1/artifacts/skill:pdf-tools")).Succeeds();
        Assert.Equal(before, (await scene.GetAsync("api/v1/collections/default/snapshots")).Json.GetProperty("total").GetInt32());

        var removed = (await scene.SendAsync(HttpMethod.Post, Remove, new { artifacts = new[] { "skill:pdf-tools", "command:changelog" } })).Succeeds().Json.EnumerateArray().ToList();
        Assert.Equal(["skill:pdf-tools", "command:changelog"], removed.Select(one => one.GetProperty("artifact_id").GetString()));
        Assert.Single(removed.Select(one => one.GetProperty("snapshot_id").GetString()).Distinct());
        Assert.Equal(before + 1, (await scene.GetAsync("api/v1/collections/default/snapshots")).Json.GetProperty("total").GetInt32());
        (await scene.GetAsync("api/v1/artifacts/skill:pdf-tools")).Fails(404, "ArtifactNotFound");
    }

    internal static async Task<JsonElement> EndAsync(ServiceScene scene, ServiceAnswer accepted)
    {
        Assert.True(accepted.Status == HttpStatusCode.Accepted, accepted.Text);
        var job = await scene.EndOfAsync(accepted);
        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        return job.GetProperty("result");
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
}

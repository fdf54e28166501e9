using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Over HTTP: searches for projects, the files <c>skillmeat.toml</c> of projects, what was replaced in them, and removals of groups.</summary>
public sealed class ProjectFileServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projects_are_found_and_not_registered()
    {
        await using var scene = await ServiceScene.StartAsync();
        var root = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "src")).FullName;
        foreach (var name in new[] { "one", "deep/two" }) Directory.CreateDirectory(Path.Combine(root, name, ".claude", "skills"));
        async Task<string> FindAsync(object body) => Names(await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects:find", body)));
        Assert.Equal("two one", await FindAsync(new { folder = root }));
        Assert.Equal("one", await FindAsync(new { folder = root, depth = 1 }));
        Assert.Equal("", await FindAsync(new { folder = root, depth = 0 }));
        Assert.Equal(0, (await scene.GetAsync("api/v1/projects")).Succeeds().Json.GetProperty("total").GetInt32());

        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects:find", new { })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects:find", new { folder = "a\0b" })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects:find", new { folder = root, depth = -1 })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects:find", new { folder = scene.Place.Home })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects:find", new { folder = Path.Combine(root, "none") })).Fails(404, "ProjectNotFound");
    }

    [Fact]
    public async Task A_project_file_is_written_and_brings_another_project_to_its_state()
    {
        await using var scene = await ServiceScene.StartAsync();
        var (folder, other) = (await RegisterAsync(scene, "app"), await RegisterAsync(scene, "other"));
        await DeployAsync(scene, new { artifacts = new[] { "skill:pdf-tools" } });
        var file = Path.Combine(folder, "skillmeat.toml");
        var plan = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/export", new { dry_run = true }));
        Assert.Equal((true, true, "skill:pdf-tools"), (plan.GetProperty("dry_run").GetBoolean(), plan.GetProperty("changed").GetBoolean(), plan.GetProperty("added")[0].GetString()));
        Assert.False(File.Exists(file));
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/export", new { }));

        File.Copy(file, Path.Combine(other, "skillmeat.toml"));
        var copy = Path.Combine(other, ".claude", "skills", "pdf-tools", "SKILL.md");
        var planned = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/other/install", new { dry_run = true }));
        Assert.True(planned[0].GetProperty("dry_run").GetBoolean());
        Assert.False(File.Exists(copy));
        var installed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/other/install", new { }));
        Assert.Equal(("skill:pdf-tools", "deployed"), (installed[0].GetProperty("artifact_id").GetString(), installed[0].GetProperty("status").GetString()));
        Assert.True(File.Exists(copy));
        Assert.Equal(2, (await scene.GetAsync("api/v1/deployments")).Succeeds().Json.GetProperty("total").GetInt32());

        // An entry that is not deployed goes only when it is wanted.
        await File.AppendAllTextAsync(file, "\n[[artifacts]]\nid = \"command:gone\"\n", Token);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/export", new { }));
        Assert.Contains("command:gone", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/export", new { prune = true }));
        Assert.DoesNotContain("command:gone", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);

        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/none/install", new { })).Fails(404, "ProjectNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/install", new { collection = "none" })).Fails(404, "CollectionNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/export", new { purge = true })).Fails(400, "InvalidArgument");
    }

    [Fact]
    public async Task A_replaced_copy_is_listed_and_written_back()
    {
        await using var scene = await ServiceScene.StartAsync();
        var folder = await RegisterAsync(scene, "app");
        await DeployAsync(scene, new { all = true });
        var copy = Path.Combine(folder, ".claude", "skills", "pdf-tools", "SKILL.md");
        await File.WriteAllTextAsync(copy, "mine\r\n", Token);
        await DeployAsync(scene, new { artifacts = new[] { "skill:pdf-tools" }, force = true });
        Assert.NotEqual("mine\r\n", await File.ReadAllTextAsync(copy, Token));
        var kept = Assert.Single((await scene.GetAsync("api/v1/projects/app/replaced-copies")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(("skill:pdf-tools", "kept"), (kept.GetProperty("artifact_id").GetString(), kept.GetProperty("status").GetString()));

        var plan = await RestoreAsync(scene, new { all = true, dry_run = true });
        Assert.Equal(("restored", true), (plan[0].GetProperty("status").GetString(), plan[0].GetProperty("dry_run").GetBoolean()));
        Assert.NotEqual("mine\r\n", await File.ReadAllTextAsync(copy, Token));
        await File.WriteAllTextAsync(copy, "other\n", Token);
        Assert.Equal("conflict", (await RestoreAsync(scene, new { artifacts = new[] { "pdf-tools" } }))[0].GetProperty("status").GetString());
        Assert.Equal("other\n", await File.ReadAllTextAsync(copy, Token));
        Assert.Equal("restored", (await RestoreAsync(scene, new { artifacts = new[] { "pdf-tools" }, replaced_at = kept.GetProperty("replaced_at").GetString(), force = true }))[0].GetProperty("status").GetString());
        Assert.Equal("mine\r\n", await File.ReadAllTextAsync(copy, Token));
        Assert.Equal(2, (await scene.GetAsync("api/v1/projects/app/replaced-copies?limit=1")).Succeeds().Json.GetProperty("total").GetInt32());

        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/restore", new { })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/restore", new { all = true, artifacts = new[] { "pdf-tools" } })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/restore", new { all = true, replaced_at = "yesterday" })).Fails(400, "InvalidArgument");
        (await scene.GetAsync("api/v1/projects/none/replaced-copies")).Fails(404, "ProjectNotFound");
        var unknown = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/restore", new { artifacts = new[] { "changelog" } }));
        Assert.Equal(404, unknown.GetProperty("problem").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_members_of_a_group_are_removed_from_a_project()
    {
        await using var scene = await ServiceScene.StartAsync();
        await RegisterAsync(scene, "app");
        await DeployAsync(scene, new { all = true });
        foreach (var group in new[] { new { name = "office", members = new[] { "pdf-tools", "changelog" } }, new { name = "empty", members = Array.Empty<string>() } })
            (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/groups", group)).Succeeds(HttpStatusCode.Created);
        const string Undeploy = "api/v1/projects/app/undeploy";
        Assert.Empty((await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Undeploy, new { group = "empty" }))).EnumerateArray());
        (await scene.SendAsync(HttpMethod.Post, Undeploy, new { group = "offices" })).Fails(404, "EntryNotFound");
        (await scene.SendAsync(HttpMethod.Post, Undeploy, new { group = "office", all = true })).Fails(400, "InvalidArgument");
        var removed = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, Undeploy, new { group = "Office" }));
        Assert.Equal(["command:changelog removed", "skill:pdf-tools removed"], removed.EnumerateArray().Select(one => $"{one.GetProperty("artifact_id").GetString()} {one.GetProperty("status").GetString()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stale_artifacts_are_those_of_a_collection_in_either_order()
    {
        await using var scene = await ServiceScene.StartAsync();
        await RegisterAsync(scene, "app");
        await DeployAsync(scene, new { all = true });
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections", new { name = "work" })).Succeeds(HttpStatusCode.Created);
        foreach (var id in new[] { "skills/pdf-tools/SKILL.md", "commands/changelog.md" }) await File.AppendAllTextAsync(scene.Place.At(["collections", "default", .. id.Split('/')]), "newer\n", Token);
        async Task<string> FindAsync(string query) =>
            string.Join(' ', (await scene.GetAsync($"api/v1/cache/stale-artifacts?{query}")).Succeeds().Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString()));
        Assert.Equal("command:changelog skill:pdf-tools", await FindAsync(""));
        Assert.Equal("skill:pdf-tools command:changelog", await FindAsync("order=desc"));
        Assert.Equal("command:changelog skill:pdf-tools", await FindAsync("collection=def*&order=asc"));
        Assert.Equal("", await FindAsync("collection=work"));
        Assert.Equal("command:changelog skill:pdf-tools", await FindAsync("collection=work,default"));
        (await scene.GetAsync("api/v1/cache/stale-artifacts?collection=none")).Fails(404, "CollectionNotFound");
        (await scene.GetAsync("api/v1/cache/stale-artifacts?collection=n*")).Fails(404, "CollectionNotFound");
        (await scene.GetAsync("api/v1/cache/stale-artifacts?order=up")).Fails(400, "InvalidArgument");
    }

    private static string Names(JsonElement projects) => string.Join(' ', projects.EnumerateArray().Select(one => one.GetProperty("name").GetString()));

    private static async Task<string> RegisterAsync(ServiceScene scene, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, name)).FullName;
        (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = folder })).Succeeds(HttpStatusCode.Created);
        return folder;
    }

    private static async Task DeployAsync(ServiceScene scene, object body) => await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/deploy", body));

    private static async Task<JsonElement> RestoreAsync(ServiceScene scene, object body) => await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/projects/app/restore", body));
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Over HTTP: repairs, checks of hosts, judgements of artifacts, downloads of snapshots.</summary>
public sealed class MaintenanceServiceTests
{
    private const string Snapshots = "api/v1/collections/default/snapshots";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_home_is_repaired_as_at_the_command_line()
    {
        await using var scene = await ServiceScene.StartAsync();
        // An entry of the lock file that the manifest does not have.
        var lockFile = await File.ReadAllTextAsync(scene.Place.LockFile, Token);
        await File.WriteAllTextAsync(scene.Place.LockFile, $"{lockFile}\n[lock.entries.\"gone::skill\"]\ncontent_hash = \"x\"\nfetched = \"2026-01-01T00:00:00\"\n", Token);
        var before = scene.Place.Tree("service", "cache", "locks");
        var found = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/repair", new { dry_run = true }));
        Assert.NotEmpty(found.EnumerateArray());
        Assert.All(found.EnumerateArray(), one => Assert.True(one.GetProperty("dry_run").GetBoolean()));
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        var planned = (await scene.Place.RunAsync("repair", "--dry-run", "--format", "json")).Json;
        Assert.Equal(JsonSerializer.Serialize(planned), JsonSerializer.Serialize(found));

        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/repair"));
        Assert.DoesNotContain("gone::skill", await File.ReadAllTextAsync(scene.Place.LockFile, Token), StringComparison.Ordinal);
        var left = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/repair", new { }));
        Assert.DoesNotContain("gone", left.ToString(), StringComparison.Ordinal);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/repair", new { force = true })).Fails(400, "InvalidArgument");
    }

    [Fact]
    public async Task Artifacts_are_judged_before_they_are_published()
    {
        await using var scene = await ServiceScene.StartAsync();
        scene.Place.Write("mine/bad/SKILL.md", "---\nname: Not Allowed\n---\n");
        var folder = Path.Combine(scene.Place.Place, "mine");
        var problems = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/validate", new { paths = new[] { folder } }));
        var command = (await scene.Place.RunAsync("validate", folder, "--format", "json")).Json;
        Assert.NotEmpty(problems.EnumerateArray());
        Assert.Equal(JsonSerializer.Serialize(command), JsonSerializer.Serialize(problems));

        (await scene.SendAsync(HttpMethod.Post, "api/v1/validate", new { })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/validate", new { paths = new[] { "" } })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/validate", new { paths = Enumerable.Repeat("x", 1001) })).Fails(400, "InvalidArgument");
        var missing = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, "api/v1/validate", new { paths = new[] { Path.Combine(folder, "none") } }));
        Assert.Equal(("failed", 400), (missing.GetProperty("state").GetString(), missing.GetProperty("problem").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task The_hosts_are_checked_and_the_fields_are_listed()
    {
        var nowhere = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL" }.ToDictionary(name => name, _ => (string?)"http://127.0.0.1:1");
        await using var scene = await ServiceScene.StartAsync(environment: nowhere);
        var findings = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/doctor"));
        Assert.Contains(findings.EnumerateArray(), one => one.GetProperty("status").GetString() == "error");
        var fields = (await scene.GetAsync("api/v1/refresh-fields")).Succeeds().Json;
        var command = (await scene.Place.RunAsync("collection", "refresh", "--fields", "help", "--format", "json")).Succeeds().Json;
        Assert.Equal(JsonSerializer.Serialize(command), JsonSerializer.Serialize(fields.GetProperty("items")));
    }

    [Fact]
    public async Task A_snapshot_is_downloaded_as_a_tarball_and_leaves_nothing_behind()
    {
        await using var scene = await ServiceScene.StartAsync();
        var id = (await scene.SendAsync(HttpMethod.Post, Snapshots, new { message = "one" })).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString()!;
        var before = scene.Place.Tree("service", "cache", "locks");
        var answer = (await scene.GetAsync($"{Snapshots}/{id}/export")).Succeeds();
        var headers = answer.ContentHeaders;
        Assert.Equal(("application/gzip", $"default-{id}.tar.gz", (long?)answer.Body.Length), (headers.ContentType?.MediaType, headers.ContentDisposition?.FileName?.Trim('"'), headers.ContentLength));
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        var exported = Path.Combine(scene.Place.Place, "exported.tar.gz");
        (await scene.Place.RunAsync("snapshot", "export", id, "--output", exported)).Succeeds();
        Assert.Equal(await File.ReadAllBytesAsync(exported, Token), answer.Body);
        await using var tar = new TarReader(new GZipStream(new MemoryStream(answer.Body), CompressionMode.Decompress));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync(copyData: true, Token) is { } entry)
        {
            if (entry.DataStream is { } data) files.Add(entry.Name, await new StreamReader(data).ReadToEndAsync(Token));
        }

        var skill = Assert.Single(files, one => one.Key.EndsWith("/skills/pdf-tools/SKILL.md", StringComparison.Ordinal));
        Assert.Equal(await File.ReadAllTextAsync(scene.Place.At("collections", "default", "skills", "pdf-tools", "SKILL.md"), Token), skill.Value);

        (await scene.GetAsync($"{Snapshots}/20200101-000000-000000/export")).Fails(404, "SnapshotNotFound");
        (await scene.GetAsync($"{Snapshots}/..%2F..%2Fconfig.toml/export")).Fails(404, "SnapshotNotFound");
        (await scene.GetAsync($"api/v1/collections/none/snapshots/{id}/export")).Fails(404, "CollectionNotFound");
        // Those of manifest and lock file alone would delete every artifact.
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/groups", new { name = "any" })).Succeeds(HttpStatusCode.Created);
        var edit = (await scene.GetAsync(Snapshots)).Succeeds().Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await scene.GetAsync($"{Snapshots}/{edit}/export")).Fails(400, "InvalidArgument");
    }
}

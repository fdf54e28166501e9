using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Every address with ids, queries and bodies that nobody should send: refused, and never a fault of the service.</summary>
public sealed class HostileServiceTests
{
    private static readonly string[] _ids =
    [
        "..", "..%2f..%2fetc", "%2fetc%2fpasswd", "a%00b", "%0d%0aX: y", "%ff%fe", "%F0%9F%92%A9", ".git", "*", "%3F", "%25", "skill:", ":", "skill:..%2fx", "skill:pdf-tools%00", "con", "-1", "0", "null", "~", new string('a', 2000),
        "snapshot:x", "20261101-090000-000000", "skill:pdf-tools;x", "%E2%80%AEx", "..%5c..%5c", "skill%3Apdf-tools%2F..",
    ];

    private static readonly (string Method, string Path)[] _addresses =
    [
        ("GET", "collections/{0}/artifacts"), ("GET", "collections/{0}/snapshots"), ("GET", "collections/default/snapshots/{0}"), ("GET", "collections/default/snapshots/{0}/compare"),
        ("GET", "collections/default/artifacts/{0}/files"), ("GET", "collections/default/artifacts/skill:pdf-tools/files/{0}"), ("GET", "collections/default/artifacts/{0}/manifest"),
        ("GET", "collections/default/artifacts/{0}/versions"), ("GET", "collections/default/artifacts/{0}/diff"), ("GET", "artifacts/skill:pdf-tools/diff?from={0}"), ("GET", "artifacts/skill:pdf-tools/diff?to=deployed&project={0}"),
        ("GET", "artifacts/skill:pdf-tools/diff?to=deployed&project=x&profile={0}"), ("GET", "artifacts/{0}/deployments"), ("GET", "artifacts/{0}/conflict"), ("GET", "artifacts/skill:pdf-tools/conflict?path={0}"),
        ("GET", "artifacts/skill:pdf-tools?collection={0}"), ("GET", "projects/{0}"), ("GET", "profiles?project={0}"), ("GET", "deployments?project={0}"), ("GET", "deployments?profile={0}"), ("GET", "deployments?state={0}"),
        ("GET", "deployments?type={0}"), ("GET", "deployments?sort={0}"), ("GET", "deployments?q={0}"), ("GET", "deployments?cursor={0}"), ("GET", "deployments?limit={0}"), ("GET", "drift?project={0}"), ("GET", "drift?profile={0}"),
        ("GET", "drift?type={0}"), ("GET", "drift?in_sync={0}"), ("GET", "cache/marketplace?q={0}"), ("GET", "cache/marketplace?marketplace={0}"), ("GET", "cache/marketplace?collection={0}"), ("GET", "cache/marketplace?state={0}"),
        ("GET", "jobs/{0}"), ("POST", "collections/{0}/artifacts"), ("POST", "collections/{0}/snapshots"), ("POST", "collections/default/snapshots/{0}/restore"), ("POST", "collections/default/snapshots/{0}/verify"),
        ("POST", "collections/{0}/rollback"), ("POST", "artifacts/{0}/update"), ("POST", "artifacts/{0}/conflict"), ("POST", "projects/{0}/deploy"), ("POST", "projects/{0}/undeploy"), ("POST", "cache/marketplaces/{0}/update"),
        ("DELETE", "collections/default/artifacts/{0}"),
        ("DELETE", "collections/default/groups/{0}"), ("DELETE", "collections/default/mcp-servers/{0}"), ("DELETE", "collections/default/tag-definitions/{0}"),
        ("DELETE", "collections/default/snapshots/{0}"), ("DELETE", "projects/{0}"), ("DELETE", "cache/marketplaces/{0}"),
    ];

    private static readonly string[] _bodies =
    [
        "", "null", "[]", "{}", "1", "\"x\"", "{", "{\"a\":1}", "{\"specs\":{}}", "{\"artifacts\":[null]}", "{\"artifacts\":[\"\"]}", "{\"artifacts\":\"x\"}",
        "{\"files\":[{}]}", "{\"projects\":[null]}", "{\"projects\":[\"\\u0000\"]}",
        "{\"dry_run\":\"yes\"}", "{\"profiles\":[null],\"artifacts\":[\"pdf-tools\"]}", "{\"collection\":\"../..\",\"artifacts\":[\"pdf-tools\"]}",
        "{\"type\":\"\",\"all\":true}", "{\"group\":\"..\"}", "{\"profile\":\"..\",\"artifacts\":[\"pdf-tools\"],\"dry_run\":true}",
    ];

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task No_id_is_a_fault_of_the_service_or_changes_anything(string method)
    {
        await using var scene = await ServiceScene.StartAsync();
        var before = scene.Place.Tree("service", "cache", "locks");
        foreach (var path in _addresses.Where(one => one.Method == method).Select(one => one.Path))
        {
            foreach (var id in _ids)
            {
                // The client leaves out the folder before, so that this is the address of the collection itself.
                if (id == ".." && method == "DELETE") continue;
                // The user's own folders and an empty name of an artifact's type are what they say.
                if (id == "~" && path.StartsWith("projects", StringComparison.Ordinal)) continue;
                var body = method == "GET" || method == "DELETE" ? null
                    : path.Contains("deploy", StringComparison.Ordinal) ? "{\"artifacts\":[\"pdf-tools\"]}"
                    : path.Contains("artifacts/{0}", StringComparison.Ordinal) ? "{}" : null;
                var answer = await scene.SendAsync(new HttpMethod(method), $"api/v1/{path.Replace("{0}", id, StringComparison.Ordinal)}", body);
                Assert.True((int)answer.Status is < 500 and not 202, $"{method} {path} {id}: {answer.Text}");
            }
        }

        await scene.Server.StopAsync();
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        Assert.DoesNotContain(" 500", scene.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_name_takes_no_time_and_is_not_repeated()
    {
        await using var scene = await ServiceScene.StartAsync();
        var name = new string('x', 1 << 20);
        foreach (var (path, body) in new (string, object)[]
        {
            ("collections/default/refresh", new { artifacts = new[] { name } }), ("collections/default/artifacts:move", new { artifacts = new[] { name }, to = name }),
            ("collections/default/artifacts:remove", new { artifacts = new[] { name } }), ("collections", new { name }), ("projects", new { path = name }),
            ("projects/~/deploy", new { artifacts = new[] { name }, dry_run = true }), ("collections/default/groups", new { name }), ("collections/default/artifacts", new { specs = new[] { name } }),
        })
        {
            var answer = await scene.SendAsync(HttpMethod.Post, $"api/v1/{path}", body);
            Assert.True((int)answer.Status is >= 400 and < 500, $"{path}: {(int)answer.Status}");
            Assert.True(answer.Body.Length < 20_000, $"{path}: {answer.Body.Length}");
        }

        // Nobody mistypes so long a name.
        var (folder, file) = (new string('a', 150), new string('b', 150));
        scene.Place.Write(scene.Place.At("collections", "default", "skills", "pdf-tools", folder, $"{file}.md"), "x");
        scene.Place.Write(scene.Place.At("collections", "default", "skills", "pdf-tools", "short.md"), "x");
        var files = "api/v1/collections/default/artifacts/skill:pdf-tools/files";
        Assert.Equal(JsonValueKind.String, (await scene.GetAsync($"{files}/shrt.md")).Fails(404, "FileNotFound").Json.GetProperty("nearest").ValueKind);
        var nearest = (await scene.GetAsync($"{files}/{folder}/{file}c.md")).Fails(404, "FileNotFound").Json;
        Assert.False(nearest.TryGetProperty("nearest", out var one) && one.ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task No_body_is_a_fault_of_the_service()
    {
        await using var scene = await ServiceScene.StartAsync();
        Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app"));
        var project = (await scene.SendAsync(HttpMethod.Post, "api/v1/projects", new { path = Path.Combine(scene.Place.Place, "app") })).Succeeds(HttpStatusCode.Created).Json.GetProperty("id").GetString();
        foreach (var path in new[] { "collections/default/artifacts", "artifacts/skill:pdf-tools/conflict", "projects", $"projects/{project}/deploy", $"projects/{project}/undeploy", "sync", "browse", "cache/marketplaces", "settings" })
        {
            foreach (var body in _bodies)
            {
                var answer = await scene.SendAsync(path == "settings" ? HttpMethod.Put : HttpMethod.Post, $"api/v1/{path}", body);
                Assert.True((int)answer.Status < 500, $"{path} {body}: {answer.Text}");
                if (answer.Status != HttpStatusCode.Accepted) continue;
                var job = await scene.EndOfAsync(answer);
                Assert.False(job.GetProperty("problem").ValueKind == System.Text.Json.JsonValueKind.Object && job.GetProperty("problem").GetProperty("status").GetInt32() == 500, $"{path} {body}: {job}");
            }
        }
    }
}

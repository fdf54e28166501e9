using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The OpenAPI document, its examples, and every operation with input that makes no sense.</summary>
public sealed class OpenApiTests
{
    private static readonly string[] _hostile =
    [
        "", "..", "../../etc/passwd", "..%2F..%2Fetc%2Fpasswd", "%00", "%0d%0aX-Evil:%201", "skill:../../x", "-1", "99999999999999999999", "1e9", "null", "{}", "%F0%9F%92%A9", "%E2%80%AE", "'%20OR%201=1%20--", "%25", "_", "*",
        "<script>alert(1)</script>", new string('a', 3000),
    ];

    private static readonly string?[] _hostileBodies =
    [
        "", "{", "[]", "null", "1", "\"x\"", "{\"name\": 1}", "{\"name\": {}}", $"{{\"name\": \"{new string('x', 100_000)}\"}}", new string('[', 100_000), "{\"artifacts\": [null], \"fields\": [\"\"]}", "{\"name\": \"..\"}",
    ];

    [Fact]
    public async Task The_document_describes_every_operation_with_examples()
    {
        await using var scene = await ServiceScene.StartAsync();
        var document = (await scene.GetAsync("openapi.json")).Succeeds().Json;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = Operations(document).ToList();
        Assert.True(operations.Count >= 18);
        Assert.Equal(operations.Count, operations.Select(one => one.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        foreach (var (path, method, operation) in operations)
        {
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.True(operation.GetProperty("responses").TryGetProperty("default", out _), path);
            foreach (var parameter in Parameters(operation))
            {
                Assert.True(parameter.TryGetProperty("description", out _), $"{method} {path} {parameter}");
                if (parameter.GetProperty("in").GetString() == "path") Assert.True(parameter.TryGetProperty("example", out _), $"{method} {path} {parameter}");
            }

            if (operation.TryGetProperty("requestBody", out var body)) Assert.True(body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), $"{method} {path}");
        }

        // No schema refers to one that is not there.
        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var reference in document.ToString().Split("#/components/schemas/").Skip(1).Select(rest => rest.Split('"')[0])) Assert.True(schemas.TryGetProperty(reference, out _), reference);
    }

    [Fact]
    public async Task Every_example_can_be_sent()
    {
        await using var scene = await ServiceScene.StartAsync();
        var document = (await scene.GetAsync("openapi.json")).Succeeds().Json;
        foreach (var (path, method, operation) in Operations(document).Where(one => !IsStream(one.Operation)))
        {
            var address = Fill(path, operation, one => Uri.EscapeDataString(ExampleOf(one)));
            var query = string.Join('&', Parameters(operation, "query").Where(one => one.TryGetProperty("example", out _)).Select(one => $"{NameOf(one)}={ExampleOf(one)}"));
            var body = operation.TryGetProperty("requestBody", out var asked) ? asked.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText() : null;
            var answer = await scene.SendAsync(new HttpMethod(method), $"{address[1..]}?{query}", body);
            // A job, snapshot or group of an example need not be there.
            Assert.True((int)answer.Status is >= 200 and < 300 or 404, $"{method} {address}: {(int)answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task No_input_makes_the_service_fail()
    {
        await using var scene = await ServiceScene.StartAsync();
        var document = (await scene.GetAsync("openapi.json")).Succeeds().Json;
        foreach (var (path, method, operation) in Operations(document).Where(one => !IsStream(one.Operation)))
        {
            var bodies = operation.TryGetProperty("requestBody", out _) ? _hostileBodies : new string?[] { null };
            foreach (var value in _hostile)
            {
                var address = Fill(path, operation, _ => value);
                var query = string.Join('&', Parameters(operation, "query").Select(one => $"{NameOf(one)}={value}"));
                await AssertHandledAsync(scene, method, $"{address.TrimStart('/')}?{query}", bodies[0]);
            }

            var known = Fill(path, operation, ExampleOf);
            foreach (var body in bodies) await AssertHandledAsync(scene, method, known[1..], body);
        }
    }

    [Fact]
    public async Task The_page_of_the_document_loads_nothing_from_elsewhere()
    {
        await using var scene = await ServiceScene.StartAsync();
        var page = (await scene.GetAsync("docs")).Succeeds();
        Assert.DoesNotContain("://", page.Text, StringComparison.Ordinal);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single().Split(';');
        Assert.Equal("script-src 'self'", policy.Single(part => part.Contains("script-src", StringComparison.Ordinal)).Trim());
        var script = (await scene.GetAsync("docs/scalar.js")).Succeeds();
        Assert.Equal("text/javascript", script.ContentHeaders.ContentType?.MediaType);
        Assert.True(script.Body.Length > 1_000_000);
        Assert.Contains("api-reference", script.Text, StringComparison.Ordinal);
        Assert.Equal("gzip", (await scene.GetAsync("docs/scalar.js", ("Accept-Encoding", "gzip"))).Succeeds().ContentHeaders.ContentEncoding.Single());
    }

    [Fact]
    public async Task Every_file_that_the_page_of_the_document_names_is_there_for_a_browser()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var cookie = (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={scene.Token}", null)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        async Task<ServiceAnswer> LoadAsync(string path, string destination) => (await ServiceScene.SendAsync(
            browser, HttpMethod.Get, path, null, ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Dest", destination), ("Accept-Encoding", "gzip, deflate, br"))).Succeeds();
        var page = await LoadAsync("docs", "document");
        var named = Regex.Matches(page.Text, "(?:src|href|data-url)=[\"']([^\"']+)[\"']").Select(one => one.Groups[1].Value).ToList();
        Assert.Equal(["/openapi.json", "/docs/scalar.js"], named);
        foreach (var path in named)
        {
            var answer = await LoadAsync(path, path.EndsWith(".js", StringComparison.Ordinal) ? "script" : "empty");
            Assert.NotEmpty(answer.Body);
            Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
        }

        // No script stands in the page itself: the policy would not run it.
        Assert.DoesNotMatch("<script(?![^>]*(src=|application/json))", page.Text);
        Assert.DoesNotMatch("\\son[a-z]+=", page.Text);
    }

    private static async Task AssertHandledAsync(ServiceScene scene, string method, string path, string? body)
    {
        var answer = await scene.SendAsync(new HttpMethod(method), path, body);
        Assert.True((int)answer.Status is < 500 or 503, $"{method} {path} {body}: {(int)answer.Status} {answer.Text}");
    }

    private static string Fill(string path, JsonElement operation, Func<JsonElement, string> value) =>
        Parameters(operation, "path").Aggregate(path, (all, one) => all.Replace($"{{{NameOf(one)}}}", value(one), StringComparison.Ordinal));

    private static string NameOf(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    private static string ExampleOf(JsonElement parameter) => parameter.GetProperty("example").GetString()!;

    private static bool IsStream(JsonElement operation) =>
        operation.GetProperty("responses").TryGetProperty("200", out var answer) && answer.TryGetProperty("content", out var content) && content.TryGetProperty("text/event-stream", out _);

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Name.ToUpperInvariant(), operation.Value)));

    private static IEnumerable<JsonElement> Parameters(JsonElement operation, string? place = null) => operation.TryGetProperty("parameters", out var all)
        ? all.EnumerateArray().Where(one => place is null ? one.GetProperty("in").GetString() != "header" : one.GetProperty("in").GetString() == place)
        : [];
}

using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>MCP servers and tag definitions over HTTP.</summary>
public sealed class DefinitionServiceTests
{
    private const string Servers = "api/v1/collections/default/mcp-servers";
    private const string Tags = "api/v1/collections/default/tag-definitions";
    private const string Secret = "s3cr3t-value";

    [Fact]
    public async Task Values_of_variables_go_in_and_never_out()
    {
        await using var scene = await ServiceScene.StartAsync();
        var answers = new List<ServiceAnswer>
        {
            (await scene.SendAsync(HttpMethod.Post, Servers, new { name = "files", repo = "octo/mcp-files", env_vars = new { TOKEN = Secret, ROOT = "/srv" } })).Succeeds(HttpStatusCode.Created),
            (await scene.SendAsync(HttpMethod.Put, $"{Servers}/files", new { version = "v2" })).Succeeds(),
            (await scene.SendAsync(HttpMethod.Put, $"{Servers}/files", new { description = "Files", env_vars = new { TOKEN = "***", ROOT = "/data" } })).Succeeds(),
            await scene.GetAsync(Servers),
            await scene.GetAsync($"{Servers}/files"),
            await scene.GetAsync("api/v1/collections"),
            await scene.GetAsync("api/v1/collections/default"),
            await scene.SendAsync(HttpMethod.Put, $"{Servers}/files", new { env_vars = new { A = Secret + "\0" } }),
        };
        Assert.All(answers, answer => Assert.DoesNotContain(Secret, answer.Text, StringComparison.Ordinal));
        Assert.Equal("***", answers[4].Json.GetProperty("env_vars").GetProperty("TOKEN").GetString());
        Assert.DoesNotContain(Secret, scene.Log.ToString(), StringComparison.Ordinal);
        Assert.Equal(("files", "octo/mcp-files", "v2", "Files"), (TextOf(answers[4], "name"), TextOf(answers[4], "repo"), TextOf(answers[4], "version"), TextOf(answers[4], "description")));
        var text = await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken);
        Assert.Contains($"TOKEN = \"{Secret}\"", text, StringComparison.Ordinal);
        Assert.Contains("ROOT = \"/data\"", text, StringComparison.Ordinal);

        (await scene.SendAsync(HttpMethod.Put, $"{Servers}/files", new { env_vars = new Dictionary<string, string?> { ["TOKEN"] = null, ["OTHER"] = "***" } })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Put, $"{Servers}/files", new { env_vars = new { TOKEN = (string?)null } })).Succeeds();
        Assert.DoesNotContain("TOKEN", (await scene.GetAsync($"{Servers}/files")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_a_value_that_is_not_shown_makes_other_edits_stale()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Post, Servers, new { name = "files", repo = "octo/files", env_vars = new { TOKEN = "one" } })).Succeeds(HttpStatusCode.Created);
        var (list, shown) = (await scene.GetAsync(Servers), await scene.GetAsync($"{Servers}/files"));
        Assert.Equal(HttpStatusCode.NotModified, (await scene.GetAsync($"{Servers}/files", ("If-None-Match", shown.Tag!))).Status);
        var edited = (await scene.SendAsync(HttpMethod.Put, $"{Servers}/files", new { env_vars = new { TOKEN = "two" } }, ("If-Match", shown.Tag!))).Succeeds();
        Assert.Equal(shown.Text, edited.Text);
        (await scene.SendAsync(HttpMethod.Put, $"{Servers}/files", new { env_vars = new { TOKEN = "three" } }, ("If-Match", shown.Tag!))).Fails(412, "StaleEdit");
        (await scene.SendAsync(HttpMethod.Delete, $"{Servers}/files", null, ("If-Match", shown.Tag!))).Fails(412, "StaleEdit");
        Assert.NotEqual(list.Tag, (await scene.GetAsync(Servers)).Tag);
        Assert.Equal(edited.Tag, (await scene.GetAsync($"{Servers}/files")).Tag);
        (await scene.SendAsync(HttpMethod.Delete, $"{Servers}/files", null, ("If-Match", edited.Tag!))).Succeeds();
        Assert.Empty(GroupServiceTests.NamesOf(await scene.GetAsync(Servers)));
    }

    [Fact]
    public async Task Tags_are_defined_edited_and_deleted()
    {
        await using var scene = await ServiceScene.StartAsync();
        var created = (await scene.SendAsync(HttpMethod.Post, Tags, new { name = "In Work", color = "slate" })).Succeeds(HttpStatusCode.Created);
        Assert.Equal("in-work", TextOf(created, "slug"));
        Assert.Equal($"/{Tags}/In%20Work", created.Headers.Location!.OriginalString);
        var shown = (await scene.GetAsync(created.Headers.Location!.OriginalString)).Succeeds();
        Assert.Equal(created.Text, shown.Text);
        (await scene.SendAsync(HttpMethod.Post, Tags, new { name = "in work" })).Fails(409, "EntryExists");
        var edited = (await scene.SendAsync(HttpMethod.Put, $"{Tags}/in%20work", new { name = "draft", description = "Not done" }, ("If-Match", shown.Tag!))).Succeeds();
        Assert.Equal(("draft", "in-work", "Not done"), (TextOf(edited, "name"), TextOf(edited, "slug"), TextOf(edited, "description")));
        Assert.Equal(["draft"], GroupServiceTests.NamesOf(await scene.GetAsync(Tags)));
        Assert.Equal("draft", (await scene.GetAsync($"{Tags}/drafts")).Fails(404, "EntryNotFound").Json.GetProperty("nearest").GetString());
        (await scene.SendAsync(HttpMethod.Delete, $"{Tags}/draft", null, ("If-Match", shown.Tag!))).Fails(412, "StaleEdit");
        (await scene.SendAsync(HttpMethod.Delete, $"{Tags}/draft", null, ("If-Match", edited.Tag!))).Succeeds();
        (await scene.GetAsync($"{Tags}/draft")).Fails(404, "EntryNotFound");
    }

    private static string? TextOf(ServiceAnswer answer, string key) => answer.Json.GetProperty(key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

using System.Net;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Edits of the details of artifacts over HTTP, and the entity tag that guards them.</summary>
public sealed class DetailsServiceTests
{
    private const string Pdf = "api/v1/collections/default/artifacts/skill:pdf-tools";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Details_are_edited_and_null_removes()
    {
        await using var scene = await ServiceScene.StartAsync();
        var shown = (await scene.GetAsync(Pdf)).Succeeds();
        var edited = (await scene.SendAsync(HttpMethod.Put, Pdf, new { title = "PDF", license = "MIT", category = "docs", add_tags = new[] { "mine" }, remove_tags = new[] { "pdf" } }, ("If-Match", shown.Tag!))).Succeeds();
        var artifact = edited.Json.GetProperty("artifact");
        Assert.Equal(("PDF", "MIT", "docs"), (TextOf(artifact, "title"), TextOf(artifact, "license"), TextOf(artifact, "category")));
        Assert.Equal(["documents", "mine"], artifact.GetProperty("tags").EnumerateArray().Select(one => one.GetString()));
        var again = (await scene.GetAsync(Pdf)).Succeeds();
        Assert.Equal((edited.Text, edited.Tag), (again.Text, again.Tag));
        (await scene.SendAsync(HttpMethod.Put, "api/v1/artifacts/pdf-tools", "{\"title\": null, \"license\": \"\", \"tags\": null}")).Succeeds();
        artifact = (await scene.GetAsync(Pdf)).Json.GetProperty("artifact");
        Assert.Equal((null, null, "docs", 0), (TextOf(artifact, "title"), TextOf(artifact, "license"), TextOf(artifact, "category"), artifact.GetProperty("tags").GetArrayLength()));
        var before = scene.Place.Tree("service", "cache");
        (await scene.SendAsync(HttpMethod.Put, Pdf, new { category = "docs" })).Succeeds();
        (await scene.SendAsync(HttpMethod.Put, Pdf, new { })).Succeeds();
        Assert.Equal(before, scene.Place.Tree("service", "cache"));
    }

    [Theory]
    [InlineData("{\"origin\": \"github\"}")]
    [InlineData("{\"upstream\": null}")]
    [InlineData("{\"resolved_sha\": \"x\"}")]
    [InlineData("{\"title\": 5}")]
    [InlineData("{\"title\": \"a\\u001b\"}")]
    [InlineData("{\"title\": \"a\\ud800\"}")]
    [InlineData("{\"tags\": \"a\"}")]
    [InlineData("{\"tags\": [null]}")]
    [InlineData("{\"tags\": [\"\"]}")]
    [InlineData("{\"add_tags\": [\"a\"], \"remove_tags\": [\"a\"]}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_wrong_edit_is_refused(string body)
    {
        await using var scene = await ServiceScene.StartAsync();
        var before = scene.Place.Tree("service", "cache");
        (await scene.SendAsync(HttpMethod.Put, Pdf, body)).Fails(400, "InvalidArgument");
        Assert.Equal(before, scene.Place.Tree("service", "cache"));
    }

    [Fact]
    public async Task A_stale_edit_changes_nothing()
    {
        await using var scene = await ServiceScene.StartAsync();
        var tag = (await scene.GetAsync(Pdf)).Tag!;
        // Another process.
        Assert.Equal(0, (await scene.Place.RunAsync("edit", "pdf-tools", "--title", "theirs")).ExitCode);
        var before = await File.ReadAllTextAsync(scene.Place.Manifest, Cancellation);
        (await scene.SendAsync(HttpMethod.Put, Pdf, new { title = "mine" }, ("If-Match", tag))).Fails(412, "StaleEdit");
        Assert.Equal(before, await File.ReadAllTextAsync(scene.Place.Manifest, Cancellation));
        (await scene.SendAsync(HttpMethod.Put, Pdf, new { title = "mine" }, ("If-Match", (await scene.GetAsync(Pdf)).Tag!))).Succeeds();
        (await scene.SendAsync(HttpMethod.Put, $"{Pdf}x", new { title = "mine" })).Fails(404, "ArtifactNotFound");
    }

    [Fact]
    public async Task Only_one_of_many_edits_with_the_same_tag_is_made()
    {
        await using var scene = await ServiceScene.StartAsync();
        var tag = (await scene.GetAsync(Pdf)).Tag!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => scene.SendAsync(HttpMethod.Put, Pdf, new { title = $"t{i}" }, ("If-Match", tag))));
        Assert.Equal(HttpStatusCode.OK, Assert.Single(answers, answer => answer.Status != HttpStatusCode.PreconditionFailed).Status);
    }

    [Fact]
    public async Task The_entity_tag_is_that_of_the_files_as_well()
    {
        await using var scene = await ServiceScene.StartAsync();
        var file = scene.Place.At("collections", "default", "skills", "pdf-tools", "SKILL.md");
        var text = await File.ReadAllTextAsync(file, Cancellation);
        var time = File.GetLastWriteTimeUtc(file);
        var first = (await scene.GetAsync(Pdf)).Succeeds();
        (await scene.GetAsync(Pdf, ("If-None-Match", first.Tag!))).Succeeds(HttpStatusCode.NotModified);
        // Of the same length and time, with the same hash in the lock file.
        await File.WriteAllTextAsync(file, text[..^2] + (text[^2] == 'x' ? "y\n" : "x\n"), Cancellation);
        File.SetLastWriteTimeUtc(file, time);
        var second = (await scene.GetAsync(Pdf, ("If-None-Match", first.Tag!))).Succeeds();
        Assert.Equal(first.Text, second.Text);
        Assert.NotEqual(first.Tag, second.Tag);
        (await scene.SendAsync(HttpMethod.Delete, Pdf, null, ("If-Match", first.Tag!))).Fails(412, "StaleEdit");
        Assert.True(File.Exists(file));
        await File.WriteAllTextAsync(file, text, Cancellation);
        Assert.Equal(first.Tag, (await scene.GetAsync(Pdf)).Tag);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(file)!, "more.md"), "", Cancellation);
        var third = (await scene.GetAsync(Pdf)).Tag!;
        Assert.NotEqual(first.Tag, third);
        // Files that did not settle yet have the same tag as later.
        await Task.Delay(100, Cancellation);
        Assert.Equal(third, (await scene.GetAsync(Pdf)).Tag);
        (await scene.SendAsync(HttpMethod.Delete, Pdf, null, ("If-Match", third))).Succeeds();
    }

    private static string? TextOf(JsonElement artifact, string name) => artifact.GetProperty(name).GetString();
}

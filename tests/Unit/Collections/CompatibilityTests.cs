using System.Text.Json;
using System.Text.Json.Nodes;
using SkillMeat.Collections;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.Support;
using SkillMeat.Toml;
using Xunit;

using LockFile = SkillMeat.Collections.LockFile;

namespace SkillMeat.Tests.Collections;

/// <summary>A home of Python SkillMeat is read value by value, and unchanged parts stay as they are.</summary>
public sealed class CompatibilityTests : IDisposable
{
    private readonly TestHome _place = TestHome.None();
    private readonly string _fixture;

    public CompatibilityTests()
    {
        _fixture = Path.Combine(SharedFolder.Find() ?? "", "compat");
        if (!Directory.Exists(_fixture)) Assert.Skip("../shared/compat is not there.");
        Copy(Path.Combine(_fixture, "home", "user", ".skillmeat"), _place.Home);
        Copy(Path.Combine(_fixture, "linked-artifacts"), _place.At("collections", "linked"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("default", 5)]
    [InlineData("work", 1)]
    public async Task Every_value_is_what_the_original_reads(string name, int count)
    {
        var expected = (await ExpectedAsync())["loaded"]![name]!.AsArray();
        Assert.Equal(count, expected.Count);
        var path = _place.At("collections", name, "collection.toml");

        var tables = TomlDocument.Parse(await File.ReadAllBytesAsync(path, Cancellation), path).Root.Array("artifacts").Select(JsonOf).ToArray();
        Assert.True(JsonNode.DeepEquals(expected, new JsonArray(tables)), $"{name} is read as {new JsonArray(tables.Select(t => t!.DeepClone()).ToArray())}");

        var collection = CollectionStore.Open(_place.Home).Read(name);
        var pinned = LockFile.Parse(await File.ReadAllBytesAsync(_place.At("collections", name, "collection.lock"), Cancellation), "x");
        Assert.Equal(expected.Count, collection.ArtifactCount);
        foreach (var (artifact, told) in collection.Artifacts.Zip(expected.Select(e => e!.AsObject()))) Compare(artifact, told, pinned.Find(artifact.Id));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("work")]
    public async Task The_list_command_prints_every_value(string name)
    {
        var expected = (await ExpectedAsync())["loaded"]![name]!.AsArray();
        var before = _place.Tree();

        var listed = (await _place.RunAsync("list", "-c", name, "--format", "json")).Succeeds().Json.EnumerateArray().ToList();

        Assert.Equal(before, _place.Tree());
        Assert.Equal(expected.Count, listed.Count);
        foreach (var (item, told) in listed.Zip(expected.Select(e => e!.AsObject())))
        {
            foreach (var key in new[] { "name", "type", "path", "origin", "origin_source", "upstream", "version_spec" }) Assert.Equal(Text(told, key), item.GetProperty(key).GetString());
            foreach (var key in new[] { "title", "description", "author", "license", "version" }) Assert.Equal(Text(told["metadata"], key), item.GetProperty(key).GetString());
            foreach (var key in new[] { "added", "last_updated" }) Assert.Equal(Text(told, key) is { } time ? time + "Z" : null, item.GetProperty(key).GetString());
            Assert.Equal(Texts(told, "tags"), item.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
            Assert.Equal($"{Text(told, "type")}:{Text(told, "name")}", item.GetProperty("artifact_id").GetString());
        }
    }

    [Fact]
    public async Task The_content_hashes_are_the_originals()
    {
        var checkedHashes = 0;
        foreach (var (path, hashes) in (await ExpectedAsync())["hashes"]!.AsObject().Where(h => !h.Key.StartsWith("project/", StringComparison.Ordinal)))
        {
            var parts = path.Split('/', 2);
            Assert.Equal(Text(hashes, "content_hash(lock)"), ContentHash.Of(_place.At("collections", parts[0], parts[1])));
            Assert.Equal(Text(hashes, "content_hash(lock)"), CollectionStore.Open(_place.Home).Read(parts[0]).Artifacts.Single(a => a.Path == parts[1]).ContentHash);
            checkedHashes++;
        }

        Assert.Equal(6, checkedHashes);
    }

    [Fact]
    public async Task Where_manifest_and_lock_file_name_different_commits_the_lock_files_counts()
    {
        var review = (await _place.RunAsync("show", "review", "--format", "json")).Succeeds().Json;
        Assert.Contains(review.GetProperty("resolved_sha").GetString()!, await File.ReadAllTextAsync(_place.LockFile, Cancellation), StringComparison.Ordinal);
        Assert.StartsWith("9b1deb4d", review.GetProperty("resolved_sha").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_as_a_whole_is_shown()
    {
        var before = _place.Tree();
        var list = (await _place.RunAsync("collection", "list", "--format", "json")).Succeeds().Json.EnumerateArray().ToList();
        Assert.Equal(["default", "linked", "work"], list.Select(c => c.GetProperty("name").GetString()));
        Assert.Equal([5, 5, 1], list.Select(c => c.GetProperty("artifact_count").GetInt32()));
        var shown = (await _place.RunAsync("collection", "show", "--format", "json")).Succeeds().Json;
        Assert.Equal(("default", 1), (shown.GetProperty("name").GetString(), shown.GetProperty("mcp_server_count").GetInt32()));
        Assert.Equal(["Daily", "Review"], shown.GetProperty("groups").EnumerateArray().Select(g => g.GetString()));
        // The tarballs of Python SkillMeat.
        Assert.Equal(4, (await _place.RunAsync("collection", "snapshots", "--format", "json")).Succeeds().Json.GetArrayLength());
        Assert.Equal(before, _place.Tree());
    }

    [Theory]
    [InlineData("default")]
    [InlineData("work")]
    [InlineData("linked")]
    public async Task A_manifest_is_written_back_as_it_was_but_for_what_changed(string name)
    {
        var path = _place.At("collections", name, "collection.toml");
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        var manifest = Manifest.Parse(bytes, path);
        Assert.Equal(bytes, manifest.ToBytes());

        var lines = (await File.ReadAllLinesAsync(path, Cancellation)).ToList();
        manifest.Apply(manifest.Ids[0], new ArtifactEdit { Values = [(ArtifactPlace.Metadata, "description", TomlValue.Of("Something else"))] }, new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var changed = System.Text.Encoding.UTF8.GetString(manifest.ToBytes()).TrimEnd('\n').Split('\n');

        Assert.Equal(lines.Count, changed.Length);
        var differing = lines.Zip(changed).Where(l => l.First != l.Second).ToList();
        Assert.Equal(["updated = \"2027-01-02T03:04:05\"", "description = \"Something else\""], differing.Select(l => l.Second));
        Assert.StartsWith("description = ", differing[1].First, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    private async Task<JsonObject> ExpectedAsync() =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_fixture, "expected", "sample-expected.json"), Cancellation))!.AsObject();

    private static void Compare(Artifact artifact, JsonObject told, LockEntry? pinned)
    {
        var metadata = told["metadata"];
        Assert.Equal($"{Text(told, "type")}:{Text(told, "name")}", artifact.Id.ToString());
        Assert.Equal((Text(told, "path"), Text(told, "origin"), Text(told, "origin_source")), (artifact.Path, artifact.Origin, artifact.OriginSource));
        Assert.Equal((Text(told, "upstream"), Text(told, "version_spec")), (artifact.Upstream, artifact.Ref));
        Assert.Equal((pinned?.ResolvedSha ?? Text(told, "resolved_sha"), pinned?.ContentHash), (artifact.ResolvedSha, artifact.ContentHash));
        Assert.Equal(pinned?.ResolvedSha is null ? Text(told, "resolved_version") : pinned.ResolvedVersion, artifact.ResolvedVersion);
        Assert.Equal((Text(told, "added"), Text(told, "last_updated")), (TimeText(artifact.Added), TimeText(artifact.LastUpdated)));
        Assert.Equal((Text(metadata, "title"), Text(metadata, "description"), Text(metadata, "author")), (artifact.Title, artifact.Description, artifact.Author));
        Assert.Equal((Text(metadata, "license"), Text(metadata, "version")), (artifact.License, artifact.Version));
        Assert.Equal(Text(metadata?["extra"]?["metadata"], "category"), artifact.Category);
        Assert.Equal(Texts(told, "tags"), artifact.Tags);
        Assert.Null(artifact.TagsImportedAt);
        Assert.Null(artifact.Deprecated);
    }

    private static string? TimeText(DateTimeOffset? time) => time is { } value ? IsoTime.Write(value) : null;

    private static string? Text(JsonNode? node, string key) => node?[key]?.GetValue<string>();

    private static IEnumerable<string> Texts(JsonObject node, string key) => node[key]?.AsArray().Select(t => t!.GetValue<string>()) ?? [];

    private static JsonNode? JsonOf(TomlTable table) => new JsonObject(table.Keys.Select(key => KeyValuePair.Create(key, JsonOf(table.Find(key)!))));

    private static JsonNode? JsonOf(TomlValue value) => value.Kind switch
    {
        TomlValueKind.Table => JsonOf(value.AsTable()),
        TomlValueKind.Array => new JsonArray(value.AsArray().Select(JsonOf).ToArray()),
        TomlValueKind.String => value.AsString(),
        TomlValueKind.Integer => JsonSerializer.SerializeToNode(value.AsInteger()),
        TomlValueKind.Boolean => value.AsBoolean(),
        _ => throw new NotSupportedException($"The fixture holds no {value.Kind}."),
    };

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

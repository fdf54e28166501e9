using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>Everything that manifest and lock file hold is on the objects that are read.</summary>
public sealed class KeptValuesTests
{
    private const string ManifestToml = """
        motto = "mine"

        [collection]
        name = "default"
        version = "1.0.0"
        created = "2026-01-01T00:00:00"
        updated = "2026-01-02T00:00:00"
        owner = "me"

        [[artifacts]]
        name = "pdf"
        type = "skill"
        path = "skills/pdf"
        origin = "marketplace"
        origin_source = "github"
        added = "2026-01-01T00:00:00"
        discovered_at = "2026-01-03T04:05:06"
        target_platforms = ["claude_code", "cursor"]
        import_id = "import-7"
        uuid = "6f1c"
        rating = 5

        [artifacts.metadata]
        description = "Reads PDF."
        tools = ["Read", "Bash"]
        dependencies = ["skill:ocr"]
        unlinked_references = ["gone"]
        reviewed = true

        [[artifacts.metadata.linked_artifacts]]
        artifact_id = "skill::ocr"
        artifact_name = "ocr"
        artifact_type = "skill"
        source_name = "octo/skills"
        link_type = "requires"
        created_at = "2026-01-04T00:00:00"
        strength = 2

        [artifacts.metadata.extra]
        category = "documents"
        deprecated = true
        tags_imported_at = "2026-01-05T00:00:00"
        model = "opus"
        ratio = 0.5
        day = 2026-01-06
        hooks = [{ on = "save" }, { on = "load" }]
        mixed = [1, "two"]

        [artifacts.metadata.extra.frontmatter]
        name = "pdf"
        paths = ["*.pdf", "*.ps"]

        [[mcp_servers]]
        name = "files"
        repo = "octo/mcp-files"
        version = "latest"
        description = "Serves files."
        installed_at = "2026-01-07T00:00:00"
        status = "installed"
        resolved_sha = "abc"
        resolved_version = "v1"
        last_updated = "2026-01-08T00:00:00"
        port = 8080
        [mcp_servers.env_vars]
        TOKEN = "s3cret"

        [[tag_definitions]]
        name = "PDF"
        slug = "pdf"
        color = "#f00"
        description = "About PDF"
        order = 1

        [[groups]]
        name = "writing"
        description = "Texts"
        color = "blue"
        icon = "pen"
        position = 3
        members = ["skill:pdf", "command:x"]
        pinned = false
        """;

    private const string LockToml = """
        [lock]
        version = "1.0.0"
        [lock.entries."pdf::skill"]
        content_hash = "57ee"
        fetched = "2026-01-09T10:11:12.5"
        mirror = "m"
        """;

    [Fact]
    public void An_artifact_has_every_value()
    {
        using var home = HomeWith(ManifestToml);

        var artifact = Assert.Single(CollectionStore.OpenToRead(home.Home).Read().Artifacts);

        Assert.Equal(Time("2026-01-09T10:11:12.5Z"), artifact.Fetched);
        Assert.Equal(Time("2026-01-03T04:05:06Z"), artifact.DiscoveredAt);
        Assert.Equal(["Read", "Bash"], artifact.Tools);
        Assert.Equal(["skill:ocr"], artifact.Dependencies);
        Assert.Equal(["claude_code", "cursor"], artifact.TargetPlatforms);
        Assert.Equal(("6f1c", "import-7"), (artifact.Uuid, artifact.ImportId));
        Assert.Equal(["gone"], artifact.UnlinkedReferences);
        var link = Assert.Single(artifact.LinkedArtifacts);
        Assert.Equal(("skill::ocr", "ocr", "skill", "octo/skills", "requires"), (link.ArtifactId, link.Name, link.Type, link.SourceName, link.LinkType));
        Assert.Equal(Time("2026-01-04T00:00:00Z"), link.CreatedAt);
        Assert.Equal("strength: 2", link.OtherValues.ToString());
        Assert.Equal("skill:ocr (requires)", artifact.LinkedArtifacts.ToString());
        Assert.Equal(
            "model: opus; ratio: 0.5; day: 2026-01-06; hooks: {on: save}; {on: load}; mixed: 1; two; frontmatter: {name: pdf; paths: *.pdf, *.ps}",
            artifact.Extra.ToString().Replace("on: save; on: load", "{on: save}; {on: load}", StringComparison.Ordinal));
        Assert.Equal(0.5, artifact.Extra["ratio"]);
        Assert.Equal("rating: 5; metadata.reviewed: yes; lock.mirror: m", artifact.OtherValues.ToString());
    }

    [Fact]
    public void A_collection_and_its_summary_have_every_value()
    {
        using var home = HomeWith(ManifestToml);
        var store = CollectionStore.OpenToRead(home.Home);
        var collection = store.Read();

        var server = Assert.Single(collection.McpServers);
        Assert.Equal(("files", "octo/mcp-files", "latest", "Serves files.", "installed"), (server.Name, server.Repo, server.Version, server.Description, server.Status));
        Assert.Equal(("abc", "v1", Time("2026-01-07T00:00:00Z"), Time("2026-01-08T00:00:00Z")), (server.ResolvedSha, server.ResolvedVersion, server.InstalledAt, server.LastUpdated));
        Assert.Equal(("TOKEN: s3cret", "port: 8080"), (server.EnvVars.ToString(), server.OtherValues.ToString()));
        Assert.Equal("files (octo/mcp-files@latest)", server.ToString());
        var tag = Assert.Single(collection.TagDefinitions);
        Assert.Equal(("PDF", "pdf", "#f00", "About PDF", "order: 1"), (tag.Name, tag.Slug, tag.Color, tag.Description, tag.OtherValues.ToString()));
        var group = Assert.Single(collection.GroupDefinitions);
        Assert.Equal(("writing", "Texts", "blue", "pen", 3L), (group.Name, group.Description, group.Color, group.Icon, group.Position));
        Assert.Equal(["skill:pdf", "command:x"], group.Members);
        Assert.Equal("pinned: no", group.OtherValues.ToString());
        Assert.Equal("writing (skill:pdf, command:x)", collection.GroupDefinitions.ToString());
        Assert.Equal(["writing"], collection.Groups);
        Assert.Equal((1, "1.0.0"), (collection.McpServerCount, collection.FormatVersion));
        Assert.Equal("motto: mine; collection.owner: me", collection.OtherValues.ToString());

        var summary = Assert.Single(store.List());
        Assert.Equal(collection.McpServers, summary.McpServers);
        Assert.Equal(collection.GroupDefinitions, summary.GroupDefinitions);
        Assert.Equal(collection.TagDefinitions, summary.TagDefinitions);
        Assert.Equal(collection.OtherValues, summary.OtherValues);
        Assert.Equal((1, "1.0.0"), (summary.McpServerCount, summary.FormatVersion));
    }

    [Fact]
    public void A_value_of_an_unexpected_type_is_kept_and_no_error()
    {
        using var home = HomeWith("""
            tag_definitions = "none"
            [collection]
            name = "default"
            version = 1
            [[artifacts]]
            name = "a"
            type = "skill"
            path = "skills/a"
            origin = "local"
            added = "2026-01-01T00:00:00"
            uuid = 7
            discovered_at = "soon"
            target_platforms = "all"
            [artifacts.metadata]
            tools = { read = true }
            linked_artifacts = []
            dependencies = []
            [artifacts.metadata.extra]
            category = ["a", "b"]
            deprecated = "since 2"
            """);

        var collection = CollectionStore.OpenToRead(home.Home).Read();
        var artifact = Assert.Single(collection.Artifacts);

        Assert.Equal("uuid: 7; discovered_at: soon; target_platforms: all; metadata.tools: {read: yes}", artifact.OtherValues.ToString());
        Assert.Equal("category: a, b; deprecated: since 2", artifact.Extra.ToString());
        Assert.Equal("tag_definitions: none; collection.version: 1", collection.OtherValues.ToString());
    }

    [Fact]
    public async Task Skm_shows_every_value_in_JSON_and_text()
    {
        using var home = HomeWith(ManifestToml);

        var artifact = (await home.RunAsync("show", "pdf", "--format", "json")).Succeeds().Json;
        Assert.Equal("2026-01-09T10:11:12.5Z", artifact.GetProperty("fetched").GetString());
        Assert.Equal("requires", artifact.GetProperty("linked_artifacts")[0].GetProperty("link_type").GetString());
        Assert.Equal("load", artifact.GetProperty("extra").GetProperty("hooks")[1].GetProperty("on").GetString());
        Assert.Equal(5, artifact.GetProperty("other_values").GetProperty("rating").GetInt32());
        Assert.Equal(artifact.ToString(), (await home.RunAsync("list", "--format", "json")).Succeeds().Json[0].ToString().Replace("\n  ", "\n", StringComparison.Ordinal));

        var collection = (await home.RunAsync("collection", "show", "--show-values", "--format", "json")).Succeeds().Json;
        var listed = (await home.RunAsync("collection", "list", "--show-values", "--format", "json")).Succeeds().Json[0];
        Assert.All([collection, listed], json =>
        {
            Assert.Equal("writing", json.GetProperty("groups")[0].GetString());
            Assert.Equal("command:x", json.GetProperty("group_definitions")[0].GetProperty("members")[1].GetString());
            Assert.Equal("s3cret", json.GetProperty("mcp_servers")[0].GetProperty("env_vars").GetProperty("TOKEN").GetString());
            Assert.Equal("#f00", json.GetProperty("tag_definitions")[0].GetProperty("color").GetString());
            Assert.Equal("me", json.GetProperty("other_values").GetProperty("collection.owner").GetString());
        });

        var shown = (await home.RunAsync("show", "pdf")).Succeeds().Output;
        Assert.All(["6f1c", "import-7", "Read, Bash", "skill:ocr (requires)", "claude_code, cursor", "model: opus", "metadata.reviewed: yes", "2026-01-09 10:11"], text => Assert.Contains(text, shown, StringComparison.Ordinal));
        var shownCollection = (await home.RunAsync("collection", "show")).Succeeds().Output;
        Assert.All(["files (octo/mcp-files@latest)", "sets TOKEN", "writing (skill:pdf, command:x)", "PDF (About PDF)", "motto: mine"], text => Assert.Contains(text, shownCollection, StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", shownCollection, StringComparison.Ordinal);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static TestHome HomeWith(string manifest)
    {
        var home = TestHome.Sample();
        home.Write(home.At("collections", "default", "collection.toml"), manifest);
        home.Write(home.At("collections", "default", "collection.lock"), LockToml);
        return home;
    }
}

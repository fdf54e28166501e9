using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Marketplaces, settings and the background refresh over HTTP.</summary>
public sealed class SettingsServiceTests
{
    [Fact]
    public async Task Settings_are_shown_and_edited_without_the_token()
    {
        var place = TestHome.Sample();
        var before = "# Mine\n[settings]\ndefault-collection = \"default\"\ngithub-token = \"ghp_secret\"\n";
        place.Write(place.Config, before);
        await using var scene = await ServiceScene.StartAsync(place);
        var shown = (await scene.GetAsync("api/v1/settings")).Succeeds();
        Assert.DoesNotContain("ghp_secret", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Json.GetProperty("has_github_token").GetBoolean());
        var edited = (await scene.SendAsync(HttpMethod.Put, "api/v1/settings", new { update_strategy = "keep-local", keep_automatic_snapshots = 5, marketplace_hours = 0 }, ("If-Match", shown.Tag!))).Succeeds();
        Assert.Equal(("keep-local", 5, 0), (edited.Json.GetProperty("update_strategy").GetString(), edited.Json.GetProperty("keep_automatic_snapshots").GetInt32(), edited.Json.GetProperty("marketplace_hours").GetInt32()));
        (await scene.SendAsync(HttpMethod.Put, "api/v1/settings", new { marketplace_hours = 1 }, ("If-Match", shown.Tag!))).Fails(412, "StaleEdit");
        Assert.StartsWith(before, await File.ReadAllTextAsync(place.Config, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_is_put_back_to_its_default_by_null()
    {
        var place = TestHome.Sample();
        var before = "# Mine\n[settings]\ndefault-collection = \"default\"\nupdate-strategy = \"keep-local\" # so far\nkeep-automatic-snapshots = 5\nmarketplace-hours = 0\n";
        place.Write(place.Config, before);
        await using var scene = await ServiceScene.StartAsync(place);
        var shown = (await scene.GetAsync("api/v1/settings")).Succeeds();
        var edited = (await scene.SendAsync(HttpMethod.Put, "api/v1/settings", "{\"update_strategy\": null, \"keep_automatic_snapshots\": 7, \"active_collection\": null}", ("If-Match", shown.Tag!))).Succeeds();
        Assert.Equal((JsonValueKind.Null, 7, 0), (edited.Json.GetProperty("update_strategy").ValueKind, edited.Json.GetProperty("keep_automatic_snapshots").GetInt32(), edited.Json.GetProperty("marketplace_hours").GetInt32()));
        Assert.Equal("default", edited.Json.GetProperty("active_collection").GetString());
        (await scene.SendAsync(HttpMethod.Put, "api/v1/settings", "{\"keep_automatic_snapshots\": null, \"marketplace_hours\": null}")).Succeeds();
        var text = await File.ReadAllTextAsync(place.Config, TestContext.Current.CancellationToken);
        Assert.StartsWith("# Mine\n[settings]\ndefault-collection = \"default\"\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("update-strategy", text, StringComparison.Ordinal);
        Assert.DoesNotContain("keep-automatic-snapshots", text, StringComparison.Ordinal);
        Assert.DoesNotContain("marketplace-hours", text, StringComparison.Ordinal);
        // Nothing is left to remove.
        (await scene.SendAsync(HttpMethod.Put, "api/v1/settings", "{\"marketplace_hours\": null}")).Succeeds();
        Assert.Equal(text, await File.ReadAllTextAsync(place.Config, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{\"github_token\": \"x\"}", 400)]
    [InlineData("{\"update_strategy\": \"hope\"}", 400)]
    [InlineData("{\"keep_automatic_snapshots\": -1}", 400)]
    [InlineData("{\"marketplace_hours\": 1e99}", 400)]
    [InlineData("{\"active_collection\": \"nowhere\"}", 404)]
    [InlineData("{\"active_collection\": \"..\"}", 400)]
    [InlineData("{\"active_collection\": \"\"}", 400)]
    public async Task A_wrong_setting_is_refused(string body, int status)
    {
        await using var scene = await ServiceScene.StartAsync();
        var before = await File.ReadAllTextAsync(scene.Place.Config, TestContext.Current.CancellationToken);
        var answer = await scene.SendAsync(HttpMethod.Put, "api/v1/settings", body);
        Assert.True((int)answer.Status == status || (status == 400 && (int)answer.Status == 404), answer.Text);
        Assert.Equal(before, await File.ReadAllTextAsync(scene.Place.Config, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_marketplace_is_registered_searched_and_forgotten()
    {
        var place = TestHome.Sample();
        place.Write("market/.claude-plugin/marketplace.json", JsonSerializer.Serialize(new { name = "docs", owner = new { name = "o" }, plugins = new[] { new { name = "writer", source = "./writer", description = "Writes" } } }));
        place.Write("market/writer/skills/letters/SKILL.md", "---\nname: letters\ndescription: Writes letters\n---\n");
        await using var scene = await ServiceScene.StartAsync(place);
        var added = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/cache/marketplaces", new { source = Path.Combine(place.Place, "market") }));
        Assert.Equal(("docs", "registered"), (added.GetProperty("name").GetString(), added.GetProperty("status").GetString()));
        Assert.Equal("docs", (await scene.GetAsync("api/v1/cache/marketplaces")).Succeeds().Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal("skill:letters", (await scene.GetAsync("api/v1/cache/marketplace?q=letter&marketplace=docs")).Succeeds().Json.GetProperty("items")[0].GetProperty("artifact_id").GetString());
        Assert.Equal("docs", (await scene.GetAsync("api/v1/cache/marketplace?marketplace=doc")).Fails(404, "MarketplaceNotFound").Json.GetProperty("nearest").GetString());
        (await scene.SendAsync(HttpMethod.Delete, "api/v1/cache/marketplaces/*")).Fails(404, "MarketplaceNotFound");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/cache/marketplaces/doc/update")).Fails(404, "MarketplaceNotFound");
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/cache/marketplaces/docs/update"));
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/cache/marketplaces/update"));
        Assert.Equal("removed", (await scene.SendAsync(HttpMethod.Delete, "api/v1/cache/marketplaces/docs")).Succeeds().Json.GetProperty("status").GetString());
        Assert.Equal(0, (await scene.GetAsync("api/v1/cache/marketplaces")).Succeeds().Json.GetProperty("total").GetInt32());
        (await scene.SendAsync(HttpMethod.Post, "api/v1/cache/marketplaces", new { source = " " })).Fails(400, "InvalidArgument");
    }

    [Fact]
    public async Task A_folder_is_browsed()
    {
        await using var scene = await ServiceScene.StartAsync();
        var found = await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/browse", new { source = Path.Combine(scene.Place.Place, "upstream") }));
        Assert.Contains("skill:quick-sum", found.EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString()));
        (await scene.SendAsync(HttpMethod.Post, "api/v1/browse", new { })).Fails(400, "InvalidArgument");
        (await scene.SendAsync(HttpMethod.Post, "api/v1/browse", new { source = "a/b", type = "skil" })).Fails(400, "InvalidArgument");
        Assert.Equal("stopped", (await scene.GetAsync("api/v1/background")).Succeeds().Json.GetProperty("state").GetString());
    }
}

using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The search in the list of a collection's artifacts, and what the list can be filtered by.</summary>
public sealed class ArtifactSearchListTests
{
    private const string Artifacts = "api/v1/collections/default/artifacts";

    [Theory]
    [InlineData("text new", "skill:mail")]
    [InlineData("spread", "skill:tables")]
    [InlineData("tables sums", "skill:tables")]
    [InlineData("tabels", "skill:tables")]
    [InlineData("name:mail", "skill:mail")]
    [InlineData("office mail", "skill:mail")]
    [InlineData("ables", "skill:tables")]
    public async Task A_text_is_searched_for_as_the_cache_does(string text, string expected)
    {
        await using var scene = await ServiceScene.StartAsync(Home());
        Assert.Equal(expected, Assert.Single(await IdsAsync(scene, $"{Artifacts}?q={Uri.EscapeDataString(text)}")));
        Assert.Empty(await IdsAsync(scene, $"{Artifacts}?q={Uri.EscapeDataString(text)}&origin=github"));
    }

    [Fact]
    public async Task The_best_matches_come_first_over_all_pages_unless_another_order_is_asked_for()
    {
        await using var scene = await ServiceScene.StartAsync(Home());
        string[] best = ["skill:sheets", "skill:a-note"];
        Assert.Equal(best, await IdsAsync(scene, $"{Artifacts}?q=sheets"));
        Assert.Equal(best, await IdsAsync(scene, $"{Artifacts}?q=sheets&sort=relevance"));
        Assert.Equal(best.Reverse(), await IdsAsync(scene, $"{Artifacts}?q=sheets&sort=name"));
        var first = (await scene.GetAsync($"{Artifacts}?q=sheets&limit=1")).Succeeds().Json;
        Assert.Equal(2, first.GetProperty("total").GetInt32());
        Assert.Equal([best[1]], await IdsAsync(scene, $"{Artifacts}?q=sheets&limit=1&cursor={first.GetProperty("next_cursor").GetString()}"));
        Assert.Equal(4, (await IdsAsync(scene, $"{Artifacts}?sort=relevance")).Count);
    }

    [Fact]
    public async Task Facets_count_what_the_whole_collection_has()
    {
        await using var scene = await ServiceScene.StartAsync(Home());
        var facets = (await scene.GetAsync("api/v1/collections/default/artifact-facets")).Succeeds().Json;
        Assert.Equal("""[{"value":"Office","count":3},{"value":"text","count":1}]""", facets.GetProperty("tags").GetRawText());
        Assert.Equal("""[{"value":"local","count":4}]""", facets.GetProperty("origins").GetRawText());
        Assert.Equal("""[{"value":"skill","count":4}]""", facets.GetProperty("types").GetRawText());
    }

    private static async Task<List<string?>> IdsAsync(ServiceScene scene, string path) =>
        [.. (await scene.GetAsync(path)).Succeeds().Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString())];

    private static TestHome Home()
    {
        var home = TestHome.WithSkills(0);
        var manifest = "[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"2026-01-01T00:00:00\"\nupdated = \"2026-01-01T00:00:00\"\n";
        foreach (var (name, description, tags, body) in new[]
        {
            ("tables", "Adds sums", "\"office\", \"Office\"", "Works on a spreadsheet."),
            ("mail", "Writes a new letter", "\"Office\", \"text\"", "Of a text."), ("sheets", "Paper", "\"office\"", "."), ("a-note", "Short", "", "Refers to sheets."),
        })
        {
            home.Write(home.At("collections", "default", "skills", name, "SKILL.md"), $"---\nname: {name}\ndescription: {description}\n---\n{body}\n");
            manifest += $"\n[[artifacts]]\nname = \"{name}\"\ntype = \"skill\"\npath = \"skills/{name}/\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\ntags = [{tags}]\n\n[artifacts.metadata]\ndescription = \"{description}\"\n";
        }

        home.Write(home.Manifest, manifest);
        home.Write(home.Config, "[settings]\ndefault-collection = \"default\"\n");
        return home;
    }
}

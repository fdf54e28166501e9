using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm search</c>.</summary>
public sealed class SearchCommandTests
{
    [Fact]
    public async Task The_JSON_is_that_of_the_contract()
    {
        using var home = TestHome.Sample();

        var found = (await home.RunAsync("search", "tables", "--format", "json")).Succeeds().Json;
        Assert.Equal("total match items", Keys(found));
        Assert.Equal((1, "exact"), (found.GetProperty("total").GetInt32(), found.GetProperty("match").GetString()));
        var item = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal("artifact_id collection name type description tags project score snippet", Keys(item));
        Assert.Equal(("skill:pdf-tools", "default", "pdf-tools", "skill"), (Text(item, "artifact_id"), Text(item, "collection"), Text(item, "name"), Text(item, "type")));
        Assert.Equal(JsonValueKind.Null, item.GetProperty("project").ValueKind);
        Assert.InRange(item.GetProperty("score").GetDouble(), 0.000001, 1);
        Assert.Contains("**tables**", Text(item, "snippet"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--type command", "changelog")]
    [InlineData("--tag writing", "meeting-notes")]
    [InlineData("--sort name --limit 2", "changelog code-reviewer")]
    [InlineData("--sort name --limit 2 --offset 3", "pdf-tools")]
    [InlineData("--collection def* --sort name --limit 1", "changelog")]
    [InlineData("type:skill tables", "pdf-tools")]
    [InlineData("-extract", "pdf-tools")]
    [InlineData("- tables", "pdf-tools")]
    [InlineData("-- --tables", "pdf-tools")]
    [InlineData("tabels", "pdf-tools")]
    [InlineData("nothingofthekind", "")]
    public async Task Options_and_fields_select(string arguments, string names)
    {
        using var home = TestHome.Sample();

        var found = (await SkmRun.StartAsync(["search", "--home", home.Home, "--format", "json", .. arguments.Split(' ')])).Succeeds().Json;
        Assert.Equal(names, string.Join(' ', found.GetProperty("items").EnumerateArray().Select(item => Text(item, "name"))));
    }

    [Theory]
    [InlineData("--type skil", "Did you mean 'skill'?")]
    [InlineData("--typ skill", "--type")]
    [InlineData("--sort size", "relevance")]
    [InlineData("--limit -1", "0 or more")]
    [InlineData("--offset x", "--offset")]
    [InlineData("--project nosuch", "nosuch")]
    [InlineData("--collection nosuch", "nosuch")]
    [InlineData("--tag ,", "--tag")]
    public async Task Wrong_options_are_errors(string arguments, string message)
    {
        using var home = TestHome.Sample();

        (await home.RunAsync(["search", "pdf", .. arguments.Split(' ')])).Fails(message);
    }

    [Theory]
    [InlineData("type:skil", "'skil'")]
    [InlineData("collection:nosuch", "'nosuch'")]
    public async Task A_field_that_nothing_can_meet_is_a_warning(string text, string message)
    {
        using var home = TestHome.Sample();

        var run = (await home.RunAsync("search", text, "--format", "json")).Succeeds();
        Assert.Equal(0, run.Json.GetProperty("total").GetInt32());
        Assert.Contains(message, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_marks_the_hit_and_says_how_it_was_found()
    {
        using var home = TestHome.Sample();

        var table = (await home.RunAsync("search", "tables")).Succeeds().Output;
        Assert.Contains("**tables**", table, StringComparison.Ordinal);
        Assert.Contains("1 found.", table, StringComparison.Ordinal);
        Assert.Contains("begin with", (await home.RunAsync("search", "tabl")).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("similar", (await home.RunAsync("search", "tabels")).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("4 found, 2 to 3 shown.", (await home.RunAsync("search", "--limit", "2", "--offset", "1")).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("No artifact was found.", (await home.RunAsync("search", "nothingofthekind")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_terminal_shows_the_hit_in_colour(bool hasColour)
    {
        using var home = TestHome.Sample();
        var around = new SkmSurroundings { IsOutputTerminal = true, Width = 60, Environment = hasColour ? [] : new Dictionary<string, string?> { ["NO_COLOR"] = "1" } };

        var table = (await home.RunAsync(around, "search", "tables", "text")).Succeeds().Output;
        if (!hasColour) Assert.Contains("**tables**", table, StringComparison.Ordinal);
        else Assert.DoesNotContain("**", table, StringComparison.Ordinal);
        Assert.Contains("tables", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_used_is_a_warning()
    {
        using var home = TestHome.Sample();
        home.Write(home.At("cache"), "a file in place of the folder");

        var run = (await home.RunAsync("search", "tables", "--format", "json")).Succeeds();
        Assert.Equal(1, run.Json.GetProperty("total").GetInt32());
        Assert.Contains("warning: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static string Keys(JsonElement value) => string.Join(' ', value.EnumerateObject().Select(property => property.Name));

    private static string? Text(JsonElement value, string key) => value.GetProperty(key).GetString();
}

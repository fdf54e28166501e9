using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm collection refresh</c>: its collections and its fields.</summary>
public sealed class RefreshCommandTests
{
    [Fact]
    public async Task Several_collections_and_patterns_are_refreshed_in_one_run()
    {
        using var home = Two();

        var table = (await home.RunAsync("collection", "refresh", "-c", "*")).Succeeds();

        Assert.Contains("default: 2 refreshed", table.Output, StringComparison.Ordinal);
        Assert.Contains("other: 2 refreshed", table.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^default +skill:a1 +refreshed", table.Output);
        Assert.Matches("(?m)^other +skill:a1 +refreshed", table.Output);
        foreach (var named in (string[][])[["-c", "default", "-c", "other"], ["-c", "OTHER", "-c", "d*"]])
        {
            var json = (await home.RunAsync(["collection", "refresh", .. named, "--format", "json"])).Succeeds().Json;
            Assert.Equal(["default", "other"], json.EnumerateArray().Select(one => one.GetProperty("collection").GetString()!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_shape_of_json_depends_on_the_arguments_alone()
    {
        using var home = TestHome.WithSkills(1);

        Assert.Equal(JsonValueKind.Object, (await home.RunAsync("collection", "refresh", "-c", "default", "--format", "json")).Succeeds().Json.ValueKind);
        Assert.Equal(JsonValueKind.Array, (await home.RunAsync("collection", "refresh", "-c", "*", "--format", "json")).Succeeds().Json.ValueKind);
    }

    [Fact]
    public async Task A_check_of_several_collections_says_which_artifact_is_where_and_knows_a_name_of_any()
    {
        using var home = Two();
        home.Write(home.At("collections", "other", "collection.toml"), File.ReadAllText(home.Manifest).Replace("name = \"a2\"", "name = \"only\"", StringComparison.Ordinal));

        var table = (await home.RunAsync("collection", "refresh", "--check-only", "-c", "*", "-n", "only", "-n", "a1")).Succeeds(2);

        Assert.Matches("(?m)^Collection +Artifact +Change", table.Output);
        Assert.Matches("(?m)^other +skill:only ", table.Output);
        Assert.Matches("(?m)^default +skill:a1 ", table.Output);
        Assert.Empty(table.Error);
        var unknown = (await home.RunAsync("collection", "refresh", "--check-only", "-c", "*", "-n", "gone")).Succeeds(1);
        Assert.Contains("'gone'", Assert.Single(unknown.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_cannot_be_read_keeps_no_other_from_being_refreshed()
    {
        using var home = Two();
        home.Write(home.Manifest, "[[[");

        var run = (await home.RunAsync("collection", "refresh", "-c", "*", "-c", "gone")).Succeeds(1);

        Assert.Equal(2, run.ErrorLines.Length);
        Assert.Contains("2 refreshed", run.Output, StringComparison.Ordinal);
        (await home.RunAsync("collection", "refresh", "-c", "x*")).Fails("No collection matches 'x*'.", "CollectionNotFound");
        (await home.RunAsync("collection", "refresh", "-c", "")).Fails("--collection is empty", "InvalidArgument");
    }

    [Fact]
    public async Task An_update_takes_patterns_of_collections()
    {
        using var home = Two();

        var json = (await home.RunAsync("update", "--all", "-c", "*", "--format", "json")).Succeeds().Json;

        Assert.Equal(["default", "default", "other", "other"], json.EnumerateArray().Select(one => one.GetProperty("collection").GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    public async Task Empty_fields_mean_all(string fields)
    {
        using var home = TestHome.WithSkills(1);

        var json = (await home.RunAsync("collection", "refresh", "--fields", fields, "--format", "json")).Succeeds().Json;

        Assert.False(json.TryGetProperty("fields", out _));
        Assert.Equal(["description"], json.GetProperty("entries")[0].GetProperty("changes").EnumerateArray().Select(field => field.GetString()));
    }

    [Fact]
    public async Task Chosen_fields_are_shown()
    {
        using var home = TestHome.WithSkills(1);

        var check = (await home.RunAsync("collection", "refresh", "--check-only", "--fields", "license,description")).Succeeds(2);
        var dry = (await home.RunAsync("collection", "refresh", "--dry-run", "--fields", "license,description")).Succeeds();
        var json = (await home.RunAsync("collection", "refresh", "--dry-run", "--fields", "license,description", "--format", "json")).Succeeds().Json;

        Assert.Contains("Changed fields", check.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^skill:a1 .* description ", check.Output);
        Assert.Contains("Fields: license, description.", check.Output, StringComparison.Ordinal);
        Assert.Contains("Fields: license, description.", dry.Output, StringComparison.Ordinal);
        Assert.Equal(["license", "description"], json.GetProperty("fields").EnumerateArray().Select(field => field.GetString()));
        Assert.DoesNotContain("Fields:", (await home.RunAsync("collection", "refresh", "--dry-run")).Succeeds().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Changed fields", (await home.RunAsync("collection", "refresh", "--check-only")).Succeeds(2).Output, StringComparison.Ordinal);
    }

    private static TestHome Two()
    {
        var home = TestHome.WithSkills(2);
        foreach (var file in Directory.EnumerateFiles(home.At("collections", "default"), "*", SearchOption.AllDirectories).ToList())
        {
            home.Write(file.Replace(Path.Combine("collections", "default"), Path.Combine("collections", "other"), StringComparison.Ordinal), File.ReadAllBytes(file));
        }

        return home;
    }
}

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
    public async Task A_check_takes_in_a_project()
    {
        using var home = TestHome.Sample();
        var app = Directory.CreateDirectory(Path.Combine(home.Place, "app")).FullName;
        (await home.RunAsync("deploy", "--all", "--project", app)).Succeeds();
        var copy = Path.Combine(app, ".claude", "skills", "meeting-notes", "SKILL.md");
        var text = await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(copy, text.Replace("Turn raw transcripts into meeting notes.", "Mine.", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var before = home.Tree("cache");
        string[] check = ["collection", "refresh", "--check-only", "-n", "meeting-notes"];

        var json = (await home.RunAsync([.. check, "--project", app, "--format", "json"])).Succeeds(2).Json[0];
        var table = (await home.RunAsync([.. check, "--project", app])).Succeeds(2);

        Assert.Equal("conflict", json.GetProperty("drift").GetString());
        var only = Assert.Single(json.GetProperty("copies").EnumerateArray());
        Assert.Equal(["project", "profile", "path", "drift", "reason"], only.EnumerateObject().Select(property => property.Name));
        Assert.Equal((app, "claude_code", "conflict"), (only.GetProperty("project").GetString(), only.GetProperty("profile").GetString(), only.GetProperty("drift").GetString()));
        Assert.Contains($"skill:meeting-notes in '{app}' for claude_code: conflict. SKILL.md: Both sides changed the text", table.Output, StringComparison.Ordinal);
        Assert.Equal(before, home.Tree("cache"));
        Assert.Equal("safe_update", (await home.RunAsync([.. check, "--format", "json"])).Succeeds(2).Json[0].GetProperty("drift").GetString());
        (await home.RunAsync("project", "register", app)).Succeeds();
        Assert.Equal("conflict", (await home.RunAsync([.. check, "--all-projects", "--format", "json"])).Succeeds(2).Json[0].GetProperty("drift").GetString());
        Assert.Equal("safe_update", (await home.RunAsync([.. check, "--project", "app", "--profile", "codex", "--format", "json"])).Succeeds(2).Json[0].GetProperty("drift").GetString());
        (await home.RunAsync("collection", "refresh", "--project", app)).Fails("need --check-only", "InvalidArgument");
        (await home.RunAsync([.. check, "--profile", "codex"])).Fails("--profile needs --project", "InvalidArgument");
        (await home.RunAsync([.. check, "--project", Path.Combine(home.Place, "none")])).Fails("no folder", "ProjectNotFound");
    }

    [Fact]
    public async Task Tables_show_when_tags_were_imported_if_that_is_wanted()
    {
        using var home = TestHome.Sample();
        var app = Directory.CreateDirectory(Path.Combine(home.Place, "app")).FullName;
        (await home.RunAsync("deploy", "--all", "--project", app)).Succeeds();

        var refresh = (await home.RunAsync("collection", "refresh", "--show-metadata")).Succeeds();
        var drift = (await home.RunAsync("drift", "--project", app, "--include-in-sync", "--show-metadata")).Succeeds();
        var check = (await home.RunAsync("collection", "refresh", "--check-only", "--show-metadata")).Succeeds(2);

        Assert.All((string[])[refresh.Output, drift.Output, check.Output], table => Assert.Contains("Tags imported (UTC)", table, StringComparison.Ordinal));
        Assert.Matches("(?m)^skill:meeting-notes .* [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} *$", refresh.Output);
        Assert.Matches("(?m)^skill:meeting-notes .* [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} *$", drift.Output);
        var json = (await home.RunAsync("drift", "--project", app, "--include-in-sync", "--format", "json")).Succeeds().Json;
        Assert.Equal([JsonValueKind.String, JsonValueKind.Null], new[] { "skill:meeting-notes", "agent:code-reviewer" }
            .Select(id => json.EnumerateArray().Single(one => one.GetProperty("artifact_id").GetString() == id).GetProperty("tags_imported_at").ValueKind));
        Assert.DoesNotContain("Tags imported", (await home.RunAsync("collection", "refresh")).Succeeds().Output, StringComparison.Ordinal);
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

using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm edit</c>, and a refresh and an update after it.</summary>
public sealed class EditCommandTests
{
    [Fact]
    public async Task Details_are_edited_and_told()
    {
        using var home = TestHome.WithSkills(3);
        var edited = (await home.RunAsync("edit", "a1", "--title", "First", "--author", "Ada", "--add-tag", "x", "--add-tag", "y", "--format", "json")).Succeeds();
        var one = Assert.Single(edited.Json.EnumerateArray());
        Assert.Equal(("skill:a1", "First", "Ada", 2), (one.GetProperty("artifact_id").GetString(), one.GetProperty("title").GetString(), one.GetProperty("author").GetString(), one.GetProperty("tags").GetArrayLength()));
        var shown = (await home.RunAsync("show", "a1", "--format", "json")).Succeeds().Json;
        Assert.True(JsonElement.DeepEquals(shown, one));
        var several = (await home.RunAsync("edit", "a*", "--remove-tag", "x", "--category", "docs")).Succeeds();
        Assert.Contains("3 artifacts were changed in collection 'default'.", several.Output, StringComparison.Ordinal);
        Assert.Contains("'skm snapshot restore ", several.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing is to be changed.", (await home.RunAsync("edit", "a*", "--remove-tag", "x")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("edit", "a1", "--tag", "p", "--tag", "q", "--author", "")).Succeeds();
        var read = (await home.RunAsync("show", "a1", "--format", "json")).Succeeds().Json;
        Assert.Equal(("p,q", JsonValueKind.Null), (string.Join(',', read.GetProperty("tags").EnumerateArray()), read.GetProperty("author").ValueKind));
        (await home.RunAsync("edit", "a1", "--tag", "")).Succeeds();
        Assert.Equal(0, (await home.RunAsync("show", "a1", "--format", "json")).Succeeds().Json.GetProperty("tags").GetArrayLength());
    }

    [Fact]
    public async Task A_dry_run_and_a_wrong_edit_change_nothing()
    {
        using var home = TestHome.WithSkills(2);
        (await home.RunAsync("group", "create", "Daily", "--member", "a1")).Succeeds();
        var before = home.Tree("cache");
        Assert.Contains("skill:a1 would be changed", (await home.RunAsync("edit", "--group", "daily", "--title", "x", "--dry-run")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("edit", "a1")).Fails("Name what to change", "InvalidArgument");
        (await home.RunAsync("edit", "--title", "x")).Fails("Give the NAME", "InvalidArgument");
        (await home.RunAsync("edit", "b1", "--title", "x")).Fails("has no artifact 'b1'", "ArtifactNotFound");
        (await home.RunAsync("edit", "a1", "--title", "a\nb")).Fails("control character", "InvalidArgument");
        Assert.Equal(before, home.Tree("cache"));
    }

    [Fact]
    public async Task A_refresh_and_an_update_keep_what_was_edited()
    {
        using var home = TestHome.WithSkills(2);
        (await home.RunAsync("edit", "a1", "--description", "Mine")).Succeeds();
        var refreshed = (await home.RunAsync("collection", "refresh")).Succeeds().Output;
        Assert.Contains("Kept as you set it", refreshed, StringComparison.Ordinal);
        Assert.Equal(("Mine", "New text of a2"), (await DescriptionAsync(home, "a1"), await DescriptionAsync(home, "a2")));
        (await home.RunAsync("update", "--all", "--strategy", "take-upstream", "--yes")).Succeeds();
        Assert.Equal("Mine", await DescriptionAsync(home, "a1"));
        Assert.Contains("New text of a1", await File.ReadAllTextAsync(home.At("collections", "default", "skills", "a1", "SKILL.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (await home.RunAsync("edit", "a1", "--description", "")).Succeeds();
        (await home.RunAsync("collection", "refresh")).Succeeds();
        Assert.Equal("New text of a1", await DescriptionAsync(home, "a1"));
    }

    private static async Task<string?> DescriptionAsync(TestHome home, string name) => (await home.RunAsync("show", name, "--format", "json")).Succeeds().Json.GetProperty("description").GetString();
}

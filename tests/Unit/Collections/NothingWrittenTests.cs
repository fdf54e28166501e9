using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>What only looks leaves no trace: no file, no folder, no time.</summary>
public sealed class NothingWrittenTests
{
    [Theory]
    [InlineData("collection refresh --check-only", 2)]
    [InlineData("collection refresh --check-only --name nothing-fits", 0)]
    [InlineData("collection refresh --dry-run", 0)]
    [InlineData("collection refresh --dry-run --fields tags", 0)]
    [InlineData("collection refresh --fields help", 0)]
    [InlineData("collection list", 0)]
    [InlineData("collection show", 0)]
    [InlineData("collection snapshots", 0)]
    [InlineData("list", 0)]
    [InlineData("show pdf-tools", 0)]
    public async Task Looking_writes_nothing_at_all(string command, int exitCode)
    {
        using var home = TestHome.Sample();
        var before = home.Tree();
        (await home.RunAsync(command.Split(' '))).Succeeds(exitCode);
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_refresh_that_changes_nothing_writes_nothing_but_the_cache_once()
    {
        using var home = TestHome.Sample();
        var before = home.Tree("cache");
        (await home.RunAsync("collection", "refresh", "--name", "pdf-tools")).Succeeds();
        Assert.Equal(before, home.Tree("cache"));
        var withCache = home.Tree();
        (await home.RunAsync("collection", "refresh", "--name", "pdf-tools")).Succeeds();
        Assert.Equal(withCache, home.Tree());
    }

    [Fact]
    public async Task A_second_refresh_writes_nothing()
    {
        using var home = TestHome.Sample();
        (await home.RunAsync("collection", "refresh")).Succeeds();
        var before = home.Tree();
        var run = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds();
        Assert.Equal(before, home.Tree());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Json.GetProperty("snapshot_id").ValueKind);
    }

    [Fact]
    public async Task A_refresh_touches_the_manifest_and_no_other_file_of_the_collection()
    {
        using var home = TestHome.Sample();
        var before = home.Tree("cache", "locks", "snapshots").Split('\n');
        (await home.RunAsync("collection", "refresh")).Succeeds();
        var changed = home.Tree("cache", "locks", "snapshots").Split('\n').Except(before).Select(l => l.Split(' ')[0]);
        Assert.Equal(["home/collections/default/", "home/collections/default/collection.toml"], changed.Order(StringComparer.Ordinal));
    }
}

using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm collection rename|edit|delete</c>, <c>skm move</c> and <c>skm copy</c>.</summary>
public sealed class CollectionCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collection_is_renamed_described_and_deleted()
    {
        using var home = TestHome.WithSkills(2);
        var before = home.Tree();
        var planned = (await home.RunAsync("collection", "rename", "default", "team", "--dry-run", "--format", "json")).Succeeds().Json;
        Assert.Equal(before, home.Tree());
        Assert.True(planned.GetProperty("dry_run").GetBoolean());

        var renamed = (await home.RunAsync("collection", "rename", "default", "team", "--format", "json")).Succeeds().Json;
        Assert.Equal(["collection", "previous_name", "folder", "is_active", "snapshots", "deployments", "projects", "warnings", "dry_run"], renamed.EnumerateObject().Select(one => one.Name));
        Assert.Equal(home.At("collections", "team"), renamed.GetProperty("folder").GetString());
        (await home.RunAsync("collection", "edit", "--description", "For all")).Succeeds();
        Assert.Contains("Description    For all", (await home.RunAsync("collection", "show")).Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal("For all", (await home.RunAsync("collection", "list", "--format", "json")).Succeeds().Json[0].GetProperty("description").GetString());

        var asked = await home.RunAsync("collection", "delete", "team");
        Assert.Equal(1, asked.ExitCode);
        Assert.Contains("--yes", asked.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(home.At("collections", "team", "collection.toml")));
        var deleted = (await home.RunAsync("collection", "delete", "team", "--yes", "--format", "json")).Succeeds().Json;
        Assert.Equal(2, deleted.GetProperty("artifact_count").GetInt32());
        Assert.False(Directory.Exists(home.At("collections", "team")));
        Assert.Contains("pre-delete", (await home.RunAsync("snapshot", "list", "--collection", "team")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("snapshot", "restore", deleted.GetProperty("snapshot_id").GetString()!, "--collection", "team", "--yes")).Succeeds();
        Assert.Equal(2, CollectionStore.Open(home.Home).Read("team").ArtifactCount);
    }

    [Fact]
    public async Task Artifacts_are_moved_and_copied()
    {
        using var home = TestHome.WithSkills(3);
        (await home.RunAsync("collection", "create", "team")).Succeeds();
        var before = home.Tree();
        (await home.RunAsync("move", "a*", "--to", "team", "--dry-run")).Succeeds();
        Assert.Equal(before, home.Tree());

        var moved = (await home.RunAsync("move", "a1", "skill:a2", "--to", "team", "--format", "json")).Succeeds().Json;
        Assert.Equal(["skill:a1", "skill:a2"], moved.EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString()));
        Assert.Equal(
            ["artifact_id", "name", "type", "collection", "source", "source_name", "path", "is_moved", "deployments", "snapshot_id", "source_snapshot_id", "warnings", "dry_run"],
            moved[0].EnumerateObject().Select(one => one.Name));
        var copied = (await home.RunAsync("copy", "a3", "--to", "team", "--as", "third")).Succeeds();
        Assert.Contains("1 copied from collection 'default' to 'team'.", copied.Output, StringComparison.Ordinal);
        var skipped = (await home.RunAsync("copy", "a1", "--collection", "team", "--to", "default", "--skip-snapshot")).Succeeds();
        Assert.Contains("cannot be undone", skipped.Error, StringComparison.Ordinal);
        var store = CollectionStore.Open(home.Home);
        Assert.Equal(("a3 a1", "a1 a2 third"), (string.Join(' ', store.Read().Artifacts.Select(one => one.Name)), string.Join(' ', store.Read("team").Artifacts.Select(one => one.Name))));

        var refused = await home.RunAsync("move", "a1", "--to", "team", "--format", "json");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("already has an artifact 'skill:a1'", refused.Error, StringComparison.Ordinal);
        Assert.Equal("name: a1", (await File.ReadAllLinesAsync(home.At("collections", "default", "skills", "a1", "SKILL.md"), Cancellation))[1]);
    }

    [Theory]
    [InlineData("collection rename ", "default", "team")]
    [InlineData("collection edit ", "default", "team")]
    [InlineData("collection delete ", "default", "team")]
    [InlineData("move a1 --to ", "default", "team")]
    [InlineData("copy ", "a1")]
    [InlineData("collection rename default ")]
    public async Task Names_are_completed(string line, params string[] expected)
    {
        using var home = TestHome.WithSkills(1);
        (await home.RunAsync("collection", "create", "team")).Succeeds();
        var words = line.Split(' ');

        var offered = (await SkmRun.StartAsync(["complete", "--", "--home", home.Home, .. words])).Succeeds().Output;

        Assert.Equal(expected, offered.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(one => one.TrimEnd('\r').Split('\t')[0]).Where(one => !one.StartsWith('-')));
    }
}

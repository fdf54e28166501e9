using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm remove</c> and <c>skm repair</c>, as scripts see them.</summary>
public sealed class RemoveCommandTests
{
    [Fact]
    public async Task A_removed_artifact_comes_back_with_the_snapshot()
    {
        using var home = TestHome.Sample();

        var run = (await home.RunAsync("remove", "pdf-tools", "command:changelog", "--yes", "--format", "json")).Succeeds();

        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal(["artifact_id", "collection", "path", "files_kept", "snapshot_id", "dry_run"], e.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(["skill:pdf-tools", "command:changelog"], run.Json.EnumerateArray().Select(e => e.GetProperty("artifact_id").GetString()));
        Assert.False(Directory.Exists(run.Json[0].GetProperty("path").GetString()));
        (await home.RunAsync("snapshot", "restore", run.Json[0].GetProperty("snapshot_id").GetString()!, "--yes")).Succeeds();
        Assert.True(Directory.Exists(run.Json[0].GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Nothing_is_removed_without_being_asked_for_or_in_a_dry_run()
    {
        using var home = TestHome.Sample();
        var before = home.Tree();

        (await home.RunAsync("remove", "pdf-tools")).Fails("--yes", "InvalidArgument");
        (await home.RunAsync("remove", "pdf-tools", "nothing", "--yes")).Fails("'nothing'", "ArtifactNotFound");
        Assert.Contains("1 would be removed", (await home.RunAsync("remove", "pdf-tools", "--dry-run")).Succeeds().Output, StringComparison.Ordinal);
        var declined = (await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "n\n" }, "remove", "pdf-tools")).Succeeds(1);

        Assert.Contains("Remove skill:pdf-tools and the files from collection 'default'? [y/N]", declined.Error, StringComparison.Ordinal);
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task Files_can_stay_and_the_snapshot_can_be_left_out()
    {
        using var home = TestHome.Sample();

        var run = (await home.RunAsync("remove", "pdf-tools", "--type", "skill", "--keep-files", "--skip-snapshot", "--yes")).Succeeds();

        Assert.Contains("this cannot be undone", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(home.At("collections", "default", "skills", "pdf-tools", "SKILL.md")));
        (await home.RunAsync("show", "pdf-tools")).Fails("ArtifactNotFound");
    }

    [Fact]
    public async Task A_sound_home_has_nothing_to_repair()
    {
        using var home = TestHome.Sample();

        Assert.Equal(0, (await home.RunAsync("repair", "--format", "json")).Succeeds().Json.GetArrayLength());
        Assert.Contains("No problems found.", (await home.RunAsync("repair")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_told_with_the_removals()
    {
        using var home = TestHome.Sample();
        (await home.RunAsync("snapshot", "new")).Succeeds();
        foreach (var pack in Directory.GetFiles(home.At("objects"), "*", SearchOption.AllDirectories)) home.Write(pack, "not a pack");

        var found = (await home.RunAsync("repair", "--dry-run", "--format", "json")).Succeeds().Json;

        Assert.NotEqual(0, found.GetArrayLength());
        Assert.All(found.EnumerateArray(), f => Assert.Equal(["finding", "path", "action", "is_left", "dry_run"], f.EnumerateObject().Select(p => p.Name)));
        Assert.NotEqual(0, (await home.RunAsync("repair", "--format", "json")).Json.GetArrayLength());
    }
}

using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

public sealed class LostManifestTests
{
    [Fact]
    public async Task A_manifest_that_somebody_deleted_is_brought_back()
    {
        using var home = TestHome.WithSkills(2);
        var before = await File.ReadAllBytesAsync(home.Manifest, TestContext.Current.CancellationToken);
        var id = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds().Json.GetProperty("snapshot_id").GetString()!;
        File.Delete(home.Manifest);

        var listed = (await home.RunAsync("collection", "snapshots", "--format", "json")).Succeeds().Json;
        var rolledBack = (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes", "--format", "json")).Succeeds().Json;

        Assert.Equal(id, Assert.Single(listed.EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, rolledBack.GetProperty("safety_snapshot_id").ValueKind);
        Assert.Equal(before, await File.ReadAllBytesAsync(home.Manifest, TestContext.Current.CancellationToken));
    }
}

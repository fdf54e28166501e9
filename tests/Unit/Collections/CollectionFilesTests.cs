using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>The parsed files of a collection are released when they are rendered.</summary>
public sealed class CollectionFilesTests
{
    [Fact]
    public void Rendered_files_can_no_longer_be_edited()
    {
        using var home = TestHome.WithSkills(2);
        var store = CollectionStore.Open(home.Home);
        var files = store.ReadFiles("default");
        var id = files.Manifest.Ids[0];
        files.Manifest.Remove(id, DateTimeOffset.UnixEpoch);

        var (manifest, lockFile, _) = files.Render();

        Assert.Equal(1, Manifest.Parse(manifest, "x").Count);
        Assert.Equal(files.LockBytes, lockFile);
        Assert.Equal(2, files.ArtifactCount);
        Assert.Throws<InvalidOperationException>(() => files.Manifest);
        Assert.Throws<InvalidOperationException>(() => files.LockFile);
        Assert.Throws<InvalidOperationException>(() => files.Render());
    }
}

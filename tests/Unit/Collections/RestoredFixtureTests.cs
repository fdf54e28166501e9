using System.Text;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

public sealed class RestoredFixtureTests
{
    [Theory]
    [InlineData("linked-artifacts")]
    [InlineData("home/user/.skillmeat/collections/work")]
    [InlineData("home/user/.skillmeat/collections/default")]
    public void An_artifact_that_is_removed_and_restored_is_as_the_original_wrote_it(string folder)
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "needs the fixture in the shared folder");
        var bytes = File.ReadAllBytes(Path.Combine(shared, "compat", folder, "collection.toml"));
        var lockBytes = File.ReadAllBytes(Path.Combine(shared, "compat", folder, "collection.lock"));
        var original = Manifest.Parse(bytes, "collection.toml");
        var updated = original.Header.OptionalText("updated")!;
        var manifest = Manifest.Parse(bytes, "collection.toml");
        var originalLock = LockFile.Parse(lockBytes, "collection.lock");
        var lockFile = LockFile.Parse(lockBytes, "collection.lock");

        foreach (var id in original.Ids)
        {
            Assert.True(manifest.Remove(id, IsoTime.Read(updated)!.Value));
            Assert.True(lockFile.Remove(id));
        }

        Assert.Empty(manifest.Ids);
        Assert.Empty(lockFile.Entries);
        lockFile = LockFile.Parse(null, "collection.lock");
        foreach (var id in original.Ids)
        {
            Assert.True(manifest.CopyArtifact(original, id, IsoTime.Read(updated)!.Value));
            Assert.True(lockFile.CopyEntry(originalLock, id));
        }

        // After the other sections of the manifest, and without new members of groups.
        Assert.Equal(Sections(bytes), Sections(manifest.ToBytes()));
        Assert.Equal(Encoding.UTF8.GetString(lockBytes), lockFile.Text());
    }

    private static List<string> Sections(byte[] toml) => Encoding.UTF8.GetString(toml).TrimEnd('\n').Split("\n\n").Where(s => !s.StartsWith("[[groups]]", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
}

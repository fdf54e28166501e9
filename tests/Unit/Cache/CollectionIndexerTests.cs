using SkillMeat.Cache;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>The rows of artifacts follow the manifests and lock files.</summary>
public sealed class CollectionIndexerTests
{
    [Fact]
    public void Rows_say_the_same_as_the_files()
    {
        using var home = TestHome.Sample();
        var store = CollectionStore.Open(home.Home);
        using var cache = HomeCache.Open(store, new HomeCacheOptions { Environment = _ => null });

        Assert.Equal(CachedArtifacts.Describe(store.Read().Artifacts), CachedArtifacts.Describe(CachedArtifacts.Of(cache)));
    }

    [Fact]
    public void A_changed_manifest_is_followed()
    {
        using var home = TestHome.WithSkills(5);
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null });
        Assert.Equal(5, CachedArtifacts.Of(cache).Count);

        // By another program, which gives the file back its old time: the time of the change of its inode stays.
        var time = File.GetLastWriteTimeUtc(home.Manifest);
        home.Write(home.Manifest, File.ReadAllText(home.Manifest).Replace("\"a3\"", "\"b3\"", StringComparison.Ordinal).Replace("Old text\" # 2", "New text\" # 2", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(home.Manifest, time);

        Assert.Equal(CachedArtifacts.Describe(CollectionStore.Open(home.Home).Read().Artifacts), CachedArtifacts.Describe(CachedArtifacts.Of(cache)));
    }

    [Fact]
    public void A_collection_that_cannot_be_read_is_reported_and_the_others_are_followed()
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.At("collections", "other", "collection.toml"), "no toml");
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null });

        Assert.Equal(2, CachedArtifacts.Of(cache, problems => Assert.Contains("other", Assert.Single(problems), StringComparison.Ordinal)).Count);
    }

    [Fact]
    public void A_text_with_a_NUL_is_no_damage()
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.Manifest, File.ReadAllText(home.Manifest).Replace("Old text\" # 1", "Old\\u0000text\" # 1", StringComparison.Ordinal));
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null, Report = report => Assert.Fail(report) });

        Assert.Equal(["Old\uFFFDtext", "Old text"], CachedArtifacts.Of(cache).Select(artifact => artifact.Description));
    }

    [Fact]
    public void A_deleted_collection_is_forgotten()
    {
        using var home = TestHome.WithSkills(2);
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null });
        Assert.Equal(2, CachedArtifacts.Of(cache).Count);
        Directory.Delete(home.At("collections", "default"), recursive: true);

        Assert.Empty(CachedArtifacts.Of(cache));
    }
}

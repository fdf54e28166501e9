using SkillMeat.Cache;
using SkillMeat.Cache.Indexing;
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

        Assert.Equal(Described(store.Read().Artifacts), Described(ArtifactsOf(cache)));
    }

    [Fact]
    public void A_changed_manifest_is_followed()
    {
        using var home = TestHome.WithSkills(5);
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null });
        Assert.Equal(5, ArtifactsOf(cache).Count);

        // By another program, which gives the file back its old time: the time of the change of its inode stays.
        var time = File.GetLastWriteTimeUtc(home.Manifest);
        home.Write(home.Manifest, File.ReadAllText(home.Manifest).Replace("\"a3\"", "\"b3\"", StringComparison.Ordinal).Replace("Old text\" # 2", "New text\" # 2", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(home.Manifest, time);

        Assert.Equal(Described(CollectionStore.Open(home.Home).Read().Artifacts), Described(ArtifactsOf(cache)));
    }

    [Fact]
    public void A_collection_that_cannot_be_read_is_reported_and_the_others_are_followed()
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.At("collections", "other", "collection.toml"), "no toml");
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null });

        Assert.Equal(2, ArtifactsOf(cache, problems => Assert.Contains("other", Assert.Single(problems), StringComparison.Ordinal)).Count);
    }

    [Fact]
    public void A_deleted_collection_is_forgotten()
    {
        using var home = TestHome.WithSkills(2);
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null });
        Assert.Equal(2, ArtifactsOf(cache).Count);
        Directory.Delete(home.At("collections", "default"), recursive: true);

        Assert.Empty(ArtifactsOf(cache));
    }

    private static List<Artifact> ArtifactsOf(HomeCache cache, Action<IReadOnlyList<string>>? check = null) => cache.Database.Run(connection =>
    {
        var problems = new CollectionIndexer(connection, cache.Store).Update();
        if (check is null) Assert.Empty(problems);
        else check(problems);
        return connection.Query($"SELECT {ArtifactRow.Columns}, a.sum, c.name FROM artifact a JOIN collection c ON c.id = a.collection_id ORDER BY a.id", row => ArtifactRow.Read(row, 0, row.GetString(ArtifactRow.Count + 1)));
    });

    private static IEnumerable<string> Described(IEnumerable<Artifact> artifacts) => artifacts
        .Select(a => $"{a.Collection} {a.ArtifactId} {a.Path} {a.Title} {a.Description} {a.Author} {a.License} {a.Version} {a.Upstream} {a.Ref} {a.ResolvedSha} {a.ResolvedVersion} {a.ContentHash} {string.Join(',', a.Tags)} {a.Origin} {a.Added:O} {a.LastUpdated:O}")
        .Order(StringComparer.Ordinal);
}

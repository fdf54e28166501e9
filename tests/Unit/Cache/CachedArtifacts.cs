using SkillMeat.Cache;
using SkillMeat.Cache.Indexing;
using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>The artifacts that a cache has after it was brought up to date.</summary>
internal static class CachedArtifacts
{
    public static List<Artifact> Of(HomeCache cache, Action<IReadOnlyList<string>>? check = null) => cache.Database.Run(connection =>
    {
        var problems = new CollectionIndexer(connection, cache.Store).Update();
        if (check is null) Assert.Empty(problems);
        else check(problems);
        return connection.Query($"SELECT {ArtifactRow.Columns}, a.sum, c.name FROM artifact a JOIN collection c ON c.id = a.collection_id ORDER BY a.id", row => ArtifactRow.Read(row, 0, row.GetString(ArtifactRow.Count + 1)));
    });

    public static IEnumerable<string> Describe(IEnumerable<Artifact> artifacts) => artifacts
        .Select(a => $"{a.Collection} {a.ArtifactId} {a.Path} {a.Title} {a.Description} {a.Author} {a.License} {a.Version} {a.Upstream} {a.Ref} {a.ResolvedSha} {a.ResolvedVersion} {a.ContentHash} {string.Join(',', a.Tags)} {a.Origin} {a.Added:O} {a.LastUpdated:O}")
        .Order(StringComparer.Ordinal);
}

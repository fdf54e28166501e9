using SkillMeat.Cache;

namespace SkillMeat.Server.Json;

/// <summary>The status of the cache, as <c>skm cache</c> prints it.</summary>
internal sealed record CacheStatusJson(
    string? Path, long SizeBytes, int SchemaVersion, long Artifacts, long Hits, long Misses, double? HitRate, DateTimeOffset? LastRefresh, CacheState State, DateTimeOffset? Created, string? Problem)
{
    public static CacheStatusJson Of(CacheStatus status) => new(
        status.Path, status.SizeBytes, status.SchemaVersion, status.Artifacts, status.Hits, status.Misses, status.HitRate, status.LastRefresh, status.State, status.Created, status.Problem);
}

namespace SkillMeat.Cache;

/// <summary>The status of a cache.</summary>
/// <remarks>Immutable. Times are UTC.</remarks>
public sealed record CacheStatus
{
    /// <summary>The full path of the file, or null if the cache is switched off.</summary>
    public string? Path { get; init; }

    /// <summary>The size of the file in bytes, with what SQLite keeps beside it.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The version of the file's tables.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The number of artifacts in it.</summary>
    public required long Artifacts { get; init; }

    /// <summary>The number of questions in the last 30 days whose answer was in the cache.</summary>
    public required long Hits { get; init; }

    /// <summary>The number of questions in the last 30 days for which something else had to be read.</summary>
    public required long Misses { get; init; }

    /// <summary>The share of hits, from 0 to 1, or null if nothing was asked.</summary>
    public double? HitRate => Hits + Misses == 0 ? null : (double)Hits / (Hits + Misses);

    /// <summary>The time at which the file was made, or null if there is none.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The time of the last background refresh that succeeded, or null for never.</summary>
    public DateTimeOffset? LastRefresh { get; init; }

    /// <summary>The state.</summary>
    public required CacheState State { get; init; }

    /// <summary>The reason that the file cannot be used, or null.</summary>
    public string? Problem { get; init; }
}

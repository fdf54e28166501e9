using SkillMeat.Upstream;

namespace SkillMeat.Cache.Background;

/// <summary>The options of a <see cref="BackgroundRefresh"/>.</summary>
/// <remarks>Immutable. The delegates are called from any thread; an exception of one is ignored.</remarks>
public sealed record BackgroundRefreshOptions
{
    /// <summary>The time between two runs, and the age at which an entry expires; null for that of <c>SKILLMEAT_REFRESH_INTERVAL</c>, or 5 minutes.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Reads an environment variable, such as <c>SKILLMEAT_CACHE</c>; by default one of this process.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The options of the connections to upstream. Each run has a connection of its own.</summary>
    public UpstreamSessionOptions Upstream { get; init; } = new();

    /// <summary>Called with a one-line message when the service waits for another process, pauses, or goes on.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>Called with the result of each run that was not cancelled.</summary>
    public Action<BackgroundRefreshRun> Ran { get; init; } = _ => { };
}

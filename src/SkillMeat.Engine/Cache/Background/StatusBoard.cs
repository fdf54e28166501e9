namespace SkillMeat.Cache.Background;

/// <summary>The current status of a service.</summary>
/// <param name="initial">The status before the service began.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class StatusBoard(BackgroundRefreshStatus initial)
{
    private readonly object _gate = new();

    public BackgroundRefreshStatus Current { get; private set; } = initial;

    /// <summary>Changes the status.</summary>
    /// <returns>The new status.</returns>
    public BackgroundRefreshStatus Change(Func<BackgroundRefreshStatus, BackgroundRefreshStatus> change)
    {
        lock (_gate) return Current = change(Current);
    }
}

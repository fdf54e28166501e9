namespace SkillMeat.Cache.Background;

/// <summary>The state of a background refresh.</summary>
public enum BackgroundRefreshState
{
    /// <summary>No process refreshes the home.</summary>
    Stopped,

    /// <summary>Another process refreshes the home, and this one waits to take its place.</summary>
    Waiting,

    /// <summary>Everything is well: the next run begins at its time.</summary>
    Running,

    /// <summary>A run is in progress.</summary>
    Refreshing,

    /// <summary>The last run failed, so the next one begins later than usual.</summary>
    BackingOff,

    /// <summary>The cache cannot be written, for example because the disk is full. Work goes on as soon as it can.</summary>
    Paused,
}

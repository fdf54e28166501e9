using SkillMeat.Cache.Database;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Background;

/// <summary>The result of one run of the background refresh.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BackgroundRefreshRun
{
    /// <summary>The reason for the run.</summary>
    public required BackgroundRefreshTrigger Trigger { get; init; }

    /// <summary>The start, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The duration.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The results of the tasks that had something to do.</summary>
    public required ItemList<BackgroundRefreshTaskResult> Tasks { get; init; }

    /// <summary>The errors, one line each.</summary>
    public required TextValues Problems { get; init; }

    /// <summary>Whether the run succeeded. It failed if a task ended with an error, if nothing of what had expired could be refreshed, or if upstream limits requests; the next run then begins later.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>The time of the next run, in UTC; null if none is planned.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>The number of entries that had expired.</summary>
    public int Expired => Tasks.Sum(task => task.Expired);

    /// <summary>The number of entries that were refreshed.</summary>
    public int Refreshed => Tasks.Sum(task => task.Refreshed);

    /// <summary>The number of entries that could not be refreshed.</summary>
    public int Failed => Tasks.Sum(task => task.Failed);

    /// <summary>The reason that the cache could not be written.</summary>
    internal CacheTrouble Trouble { get; init; }
}

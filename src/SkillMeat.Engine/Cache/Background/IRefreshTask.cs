namespace SkillMeat.Cache.Background;

/// <summary>One kind of entries that the background refresh keeps fresh. A new kind is one line in <see cref="RefreshTasks"/>.</summary>
internal interface IRefreshTask
{
    /// <summary>The name, in lower case, as the results show it.</summary>
    string Name { get; }

    /// <summary>Whether a change of files in the home can make entries expire. Such a task must not contact upstream.</summary>
    bool FollowsFiles { get; }

    /// <summary>Returns the entries that have expired.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="CacheUnusableException">The file of the cache cannot be used.</exception>
    IReadOnlyList<string> FindExpired(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Refreshes entries, in batches.</summary>
    /// <param name="expired">The entries that have expired.</param>
    /// <param name="cancellationToken">Cancels the work, down to the request in progress.</param>
    /// <exception cref="CacheUnusableException">The file of the cache cannot be used.</exception>
    Task<RefreshOutcome> RunAsync(IReadOnlyList<string> expired, CancellationToken cancellationToken);
}

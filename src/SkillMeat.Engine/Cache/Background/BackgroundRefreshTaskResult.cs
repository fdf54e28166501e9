namespace SkillMeat.Cache.Background;

/// <summary>The result of one task of a run.</summary>
/// <param name="Task">The name of the task: <c>collections</c> (manifests and lock files that changed), <c>upstream</c> (repositories that artifacts follow) and others.</param>
/// <param name="Expired">The number of entries that had expired.</param>
/// <param name="Refreshed">The number of entries that were refreshed.</param>
/// <param name="Failed">The number of entries that could not be refreshed, and stay as they were.</param>
/// <remarks>Immutable.</remarks>
public sealed record BackgroundRefreshTaskResult(string Task, int Expired, int Refreshed, int Failed);

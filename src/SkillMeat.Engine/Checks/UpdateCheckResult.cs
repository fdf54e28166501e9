using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>The result of an update check. A check changes nothing on disk.</summary>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="Checks">The results of the artifacts that pass the filter, in the order of the manifest, then those of new artifacts.</param>
/// <param name="Problems">The errors in the search for new artifacts. Errors that concern an artifact are in its result.</param>
/// <param name="Duration">The duration of the check.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpdateCheckResult(string Collection, IReadOnlyList<ArtifactCheck> Checks, IReadOnlyList<UpstreamProblem> Problems, TimeSpan Duration)
{
    /// <summary>The artifacts that were requested by their full names but are not in the collection.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    /// <summary>Whether any artifact has an update.</summary>
    public bool HasUpdates => Checks.Any(c => c.UpdateAvailable);

    /// <summary>Whether any artifact could not be checked, or the search for new artifacts failed.</summary>
    public bool HasErrors => Problems.Count > 0 || Checks.Any(c => c.ErrorId is not null);

    /// <summary>The totals.</summary>
    public UpdateCheckSummary Summary => new()
    {
        Collection = Collection,
        UpToDateCount = Count(ChangeType.UpToDate),
        UpdatedCount = Count(ChangeType.Updated),
        MovedCount = Count(ChangeType.Moved),
        DeletedCount = Count(ChangeType.Deleted),
        NewCount = Count(ChangeType.New),
        UnknownCount = Count(ChangeType.Unknown),
        ErrorCount = Problems.Count + Checks.Count(c => c.ErrorId is not null),
        Duration = Duration,
    };

    private int Count(ChangeType type) => Checks.Count(c => c.ChangeType == type);
}

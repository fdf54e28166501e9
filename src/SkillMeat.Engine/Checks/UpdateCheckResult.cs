using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>The outcome of an update check. Nothing on disk was changed by it.</summary>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="Checks">One for each artifact that passed the filter, in the manifest's order, then the new ones.</param>
/// <param name="Problems">What kept the check from telling whether there are new artifacts; what concerns an artifact is in its check.</param>
/// <param name="Duration">How long it took.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpdateCheckResult(string Collection, IReadOnlyList<ArtifactCheck> Checks, IReadOnlyList<UpstreamProblem> Problems, TimeSpan Duration)
{
    /// <summary>The artifacts that were asked for by their full names and that the collection does not have.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    /// <summary>Whether any artifact has an update.</summary>
    public bool HasUpdates => Checks.Any(c => c.UpdateAvailable);

    /// <summary>Whether upstream could not tell about any artifact, or about what is new.</summary>
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

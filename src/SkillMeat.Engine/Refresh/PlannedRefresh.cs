using SkillMeat.Checks;

namespace SkillMeat.Refresh;

/// <summary>A refresh that has been planned but not applied: upstream has answered, and nothing has been written.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PlannedRefresh
{
    internal PlannedRefresh(string collection, RefreshPlan plan, IReadOnlyList<FieldAnswer> answers, RefreshRequest request, TimeSpan duration)
    {
        Collection = collection;
        Plan = plan;
        Answers = answers;
        Request = request;
        Duration = duration;
    }

    /// <summary>The name of the collection's folder.</summary>
    public string Collection { get; }

    /// <summary>The artifacts that were requested by their full names but are not in the collection.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    /// <summary>
    /// The entries of the artifacts that pass the filter, in the order of the manifest, with <see cref="RefreshEntry.DryRun"/> set.
    /// </summary>
    public IReadOnlyList<RefreshEntry> Entries => Plan.Entries.Select(e => e with { DryRun = true }).ToList();

    internal IReadOnlyList<FieldAnswer> Answers { get; }

    internal RefreshRequest Request { get; }

    internal TimeSpan Duration { get; }

    internal RefreshPlan Plan { get; }

    /// <summary>Returns the plan without the changes to some artifacts, which are skipped.</summary>
    /// <param name="artifactIds">The artifacts to leave unchanged, as <see cref="RefreshEntry.ArtifactId"/>.</param>
    /// <returns>The reduced plan.</returns>
    public PlannedRefresh Without(IReadOnlyCollection<string> artifactIds)
    {
        var declined = artifactIds.ToHashSet(StringComparer.Ordinal);
        return declined.Count == 0 ? this : new PlannedRefresh(
            Collection, Plan.Without(declined), Answers.Select(a => declined.Contains(a.Id.ToString()) ? a.Decline() : a).ToList(), Request, Duration)
        {
            Unknown = Unknown,
        };
    }

    /// <summary>Returns the plan as the result of a dry run.</summary>
    /// <returns>The result, which states that nothing was written.</returns>
    public RefreshResult ToResult() => new()
    {
        Collection = Collection,
        DryRun = true,
        Summary = Plan.Summarize(Duration) with { Collection = Collection, DryRun = true },
        Entries = Entries,
    };
}

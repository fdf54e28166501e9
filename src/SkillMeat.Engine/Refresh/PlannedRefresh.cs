using SkillMeat.Checks;
using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>A refresh that has been planned but not applied: upstream has answered, and nothing has been written.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PlannedRefresh
{
    private readonly IReadOnlyList<Artifact> _current;
    private readonly TimeProvider _time;

    internal PlannedRefresh(string collection, IReadOnlyList<Artifact> current, IReadOnlyList<FieldAnswer> answers, RefreshRequest request, TimeProvider time, TimeSpan duration)
    {
        Collection = collection;
        Answers = answers;
        Request = request;
        Duration = duration;
        _current = current;
        _time = time;
        Plan = RefreshPlan.Make(current, answers, request.Fields, time);
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
            Collection,
            _current,
            Answers.Select(a => declined.Contains(a.Id.ToString()) ? a with { Fields = null, Error = null, Remark = "It was declined." } : a).ToList(),
            Request,
            _time,
            Duration)
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

using SkillMeat.Checks;
using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>What a refresh would do, as a value: upstream has been asked, and nothing was written.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PlannedRefresh
{
    private readonly IReadOnlyList<Artifact> _current;
    private readonly TimeProvider _time;

    internal PlannedRefresh(string collection, IReadOnlyList<Artifact> current, IReadOnlyList<ToldArtifact> told, RefreshRequest request, TimeProvider time, TimeSpan duration)
    {
        Collection = collection;
        Told = told;
        Request = request;
        Duration = duration;
        _current = current;
        _time = time;
        Plan = RefreshPlan.Make(current, told, request.Fields, time);
    }

    /// <summary>The name of the collection's folder.</summary>
    public string Collection { get; }

    /// <summary>The artifacts that were asked for by their full names and that the collection does not have.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    /// <summary>One for each artifact that passed the filter, in the manifest's order; <see cref="RefreshEntry.DryRun"/> is set.</summary>
    public IReadOnlyList<RefreshEntry> Entries => Plan.Entries.Select(e => e with { DryRun = true }).ToList();

    internal IReadOnlyList<ToldArtifact> Told { get; }

    internal RefreshRequest Request { get; }

    internal TimeSpan Duration { get; }

    internal RefreshPlan Plan { get; }

    /// <summary>The same plan without the changes to some artifacts, which it skips.</summary>
    /// <param name="artifactIds">The artifacts to leave as they are, as <see cref="RefreshEntry.ArtifactId"/>.</param>
    /// <returns>The smaller plan.</returns>
    public PlannedRefresh Without(IReadOnlyCollection<string> artifactIds)
    {
        var declined = artifactIds.ToHashSet(StringComparer.Ordinal);
        return declined.Count == 0 ? this : new PlannedRefresh(
            Collection,
            _current,
            Told.Select(t => declined.Contains(t.Id.ToString()) ? t with { Fields = null, Error = null, Remark = "It was declined." } : t).ToList(),
            Request,
            _time,
            Duration)
        {
            Unknown = Unknown,
        };
    }

    /// <summary>The plan as the result of a dry run.</summary>
    /// <returns>A result that says that nothing was written.</returns>
    public RefreshResult ToResult() => new()
    {
        Collection = Collection,
        DryRun = true,
        Summary = Plan.Summarize(Duration) with { Collection = Collection, DryRun = true },
        Entries = Entries,
    };
}

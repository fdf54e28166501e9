using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Refresh;

/// <summary>Finds out from the answers to a check which fields a refresh would change.</summary>
/// <param name="planner">Says what must be asked for that, and what the answers say.</param>
/// <param name="current">The artifacts of the collection.</param>
/// <param name="fields">The fields that are of interest.</param>
/// <param name="time">Takes the time.</param>
internal sealed class ChangedFieldFinder(RefreshPlanner planner, IReadOnlyList<Artifact> current, IReadOnlyList<RefreshField> fields, TimeProvider time)
{
    /// <inheritdoc cref="RefreshPlanner.DetailOf"/>
    public ManifestDetail DetailOf(TrackedArtifact tracked) => planner.DetailOf(tracked);

    /// <summary>Finds them.</summary>
    /// <returns>The fields' names, by artifact; those that upstream could not tell about are absent.</returns>
    public async Task<IReadOnlyDictionary<ArtifactId, TextValues>> FindAsync(
        IReadOnlyList<TrackedArtifact> artifacts, IReadOnlyList<AnsweredArtifact> answered, CancellationToken cancellationToken)
    {
        var told = await planner.TellAsync(artifacts, answered, cancellationToken).ConfigureAwait(false);
        return RefreshPlan.Make(current, told, fields, time).Entries
            .Where(e => e.Status is RefreshStatus.Refreshed or RefreshStatus.Unchanged)
            .ToDictionary(e => e.Id, e => e.Changes);
    }
}

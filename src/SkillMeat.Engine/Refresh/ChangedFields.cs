using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Refresh;

/// <summary>Names the fields that a refresh would change, by planning that refresh.</summary>
/// <param name="planner">Reads the answers.</param>
/// <param name="current">The artifacts of the collection.</param>
/// <param name="fields">The fields of interest.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangedFields(RefreshPlanner planner, IReadOnlyList<Artifact> current, IReadOnlyList<RefreshField> fields, TimeProvider time) : IChangedFields
{
    public ManifestDetail DetailOf(TrackedArtifact tracked) => planner.DetailOf(tracked);

    public async Task<IReadOnlyDictionary<ArtifactId, TextValues>> FindAsync(
        IReadOnlyList<TrackedArtifact> artifacts, IReadOnlyList<AnsweredArtifact> answered, CancellationToken cancellationToken)
    {
        var answers = await planner.AnswerAsync(artifacts, answered, cancellationToken).ConfigureAwait(false);
        return RefreshPlan.Make(current, answers, fields, time).Entries
            .Where(e => e.Status is RefreshStatus.Refreshed or RefreshStatus.Unchanged)
            .ToDictionary(e => e.Id, e => e.Changes);
    }
}

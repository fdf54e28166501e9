using System.Collections;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of a collection.</summary>
public sealed class CollectionCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) => OpenHome(bound).List().Select(c =>
        new Candidate(c.Name, c.Problem ?? $"{c.ArtifactCount} artifact{(c.ArtifactCount == 1 ? "" : "s")}{(c.IsActive ? ", active" : "")}"));
}

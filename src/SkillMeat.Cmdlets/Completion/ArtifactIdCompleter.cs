using System.Collections;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the id of an artifact.</summary>
public sealed class ArtifactIdCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed)
    {
        var store = OpenHome(bound);
        return CollectionNames.Resolve(store, Texts(bound, "Collection")).SelectMany(c => store.Read(c).Artifacts).DistinctBy(a => a.ArtifactId).Select(a => new Candidate(a.ArtifactId, a.Description ?? ""));
    }
}

using System.Collections;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the type of an artifact.</summary>
public sealed class ArtifactTypeCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) => ArtifactType.All.Select(t => new Candidate(t.Name, ""));
}

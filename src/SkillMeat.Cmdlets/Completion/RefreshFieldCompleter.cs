using System.Collections;
using SkillMeat.Refresh;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of a field to refresh.</summary>
public sealed class RefreshFieldCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) => RefreshField.All.Select(f => new Candidate(f.Name, f.Meaning));
}

using System.Collections;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes what to take of files in conflict; for a folder PowerShell's own completion goes on.</summary>
public sealed class ResolutionCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound) =>
        [new Candidate("Upstream", "upstream's version of each file in conflict"), new Candidate("Local", "the local version of each file in conflict")];
}

using System.Collections;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of an artifact, with its type if two types share the name.</summary>
public sealed class ArtifactNameCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound)
    {
        var filter = ArtifactFilter.Of(Text(bound, "Type") is { } type ? [type] : [], []);
        var byName = OpenHome(bound).Read(Text(bound, "Collection")).Artifacts.Where(filter.Matches).GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return byName.SelectMany(g => g.Select(a => new Candidate(g.Count() == 1 ? a.Name : a.ArtifactId, a.Description is null ? a.Type : $"{a.Type}: {a.Description}")));
    }
}

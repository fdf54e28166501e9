using System.Collections;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of an artifact, or its id if a type was typed or two types share the name.</summary>
public sealed class ArtifactNameCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed)
    {
        var filter = ArtifactFilter.Of(Texts(bound, "Type"), []);
        var store = OpenHome(bound);
        var artifacts = CollectionNames.Resolve(store, Texts(bound, "Collection")).SelectMany(c => store.Read(c).Artifacts).Where(filter.Matches).DistinctBy(a => a.ArtifactId).ToList();
        return artifacts.GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(g => g.Select(a => new Candidate(NeedsType(g.Count(), typed) ? a.ArtifactId : a.Name, a.Description is null ? a.Type : $"{a.Type}: {a.Description}")));
    }

    private static bool NeedsType(int count, string typed) => count > 1 || typed.Contains(':', StringComparison.Ordinal);
}

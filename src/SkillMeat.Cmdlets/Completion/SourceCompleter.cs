using System.Collections;
using SkillMeat.Browsing;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the repository or folder that artifacts come from.</summary>
public sealed class SourceCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed)
    {
        var store = OpenHome(bound);
        return CollectionNames.Resolve(store, Texts(bound, "Collection")).SelectMany(name => SourceFilter.List(store.Read(name), Environment.GetEnvironmentVariable))
            .Distinct(StringComparer.Ordinal).Select(source => new Candidate(source, ""));
    }
}

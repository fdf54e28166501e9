using System.Collections;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of a tag definition.</summary>
public sealed class TagDefinitionCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed)
    {
        var store = OpenHome(bound);
        return CollectionNames.Resolve(store, Texts(bound, "Collection")).SelectMany(name => store.Read(name).TagDefinitions).Where(one => one.Name is not null).Select(one => new Candidate(one.Name!, one.ToString()));
    }
}

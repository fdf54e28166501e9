using System.Collections;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of a group of artifacts.</summary>
public sealed class GroupCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed)
    {
        var store = OpenHome(bound);
        return CollectionNames.Resolve(store, Texts(bound, "Collection")).SelectMany(name => store.Read(name).GroupDefinitions).Where(group => group.Name is not null).Select(Describe);
    }

    private static Candidate Describe(GroupDefinition group) => new(group.Name!, group.Members.ToString());
}

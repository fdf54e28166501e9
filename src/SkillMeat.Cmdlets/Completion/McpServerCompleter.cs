using System.Collections;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of an MCP server.</summary>
public sealed class McpServerCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed)
    {
        var store = OpenHome(bound);
        return CollectionNames.Resolve(store, Texts(bound, "Collection")).SelectMany(name => store.Read(name).McpServers).Where(one => one.Name is not null).Select(one => new Candidate(one.Name!, one.ToString()));
    }
}

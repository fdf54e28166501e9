using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that list entries of collections: groups, MCP servers, tag definitions.</summary>
public abstract class EntryListCommand : SkmCommand
{
    private readonly List<EntryTarget> _targets = [];

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The object from the pipeline: an entry, the name of one, or a collection.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The list.</summary>
    private protected abstract EntryList List { get; }

    /// <summary>The value of <c>-Name</c>.</summary>
    private protected abstract string[] Names { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: Names.Length == 0, piped =>
        _targets.Add(piped is null ? new EntryTarget(Collection, Names, Item: null) : EntryTarget.Read(piped, List, Collection, Names, takesCollections: true)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_targets.Count > 0) Run(ListAsync);
    }

    private async Task ListAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        foreach (var target in _targets)
        {
            foreach (var name in CollectionNames.ResolveKnown(store, target.Collections, pipeline))
            {
                await pipeline.TryAsync(target.Item ?? name, () => WriteAsync(store.Read(name), target, pipeline));
            }
        }
    }

    private async Task WriteAsync(Collection collection, EntryTarget target, PipelineQueue pipeline)
    {
        if (target.Names.Count == 0)
        {
            foreach (var (_, entry) in List.Read(collection)) pipeline.Write(entry);
        }

        foreach (var wanted in target.Names)
        {
            await pipeline.TryAsync(wanted, () =>
            {
                foreach (var (_, entry) in List.Find(collection, wanted)) pipeline.Write(entry);
                return Task.CompletedTask;
            });
        }
    }
}

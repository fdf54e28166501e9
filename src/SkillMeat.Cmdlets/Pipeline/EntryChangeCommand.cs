using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that change or remove entries of collections. All changes of a collection are one transaction.</summary>
public abstract class EntryChangeCommand : EditingCommand
{
    private protected const string NameSet = "Name";
    private protected const string InputSet = "Input";

    private readonly List<EntryTarget> _targets = [];

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The object from the pipeline: an entry, or the name of one. With <c>-Name</c>, also a collection.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = NameSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to return the entries.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The value of <c>-Name</c>.</summary>
    private protected abstract string[] Names { get; }

    /// <summary>Makes the edit of one entry, with a description for the user.</summary>
    private protected abstract (ManifestEdit Edit, string Action) EditOf(string name);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: ParameterSetName == InputSet, piped =>
        _targets.Add(piped is null ? new EntryTarget(Collection, Names, Item: null) : EntryTarget.Read(piped, List, Collection, Names, takesCollections: false)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_targets.Count > 0) Run(ChangeAsync);
    }

    private async Task ChangeAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var chosen = new Dictionary<string, List<(string Name, object Entry)>>(StringComparer.Ordinal);
        foreach (var target in _targets)
        {
            foreach (var name in CollectionNames.ResolveKnown(store, target.Collections, pipeline))
            {
                foreach (var wanted in target.Names)
                {
                    await pipeline.TryAsync(target.Item ?? wanted, () =>
                    {
                        if (!chosen.TryGetValue(name, out var entries)) chosen[name] = entries = [];
                        entries.AddRange(List.Find(store.Read(name), wanted));
                        return Task.CompletedTask;
                    });
                }
            }
        }

        foreach (var (collection, entries) in chosen) await pipeline.TryAsync(collection, () => ChangeAsync(store, collection, [.. entries.DistinctBy(one => one.Name)], pipeline, cancellationToken));
    }

    private async Task ChangeAsync(CollectionStore store, string collection, IReadOnlyList<(string Name, object Entry)> entries, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var edits = entries.Select(one => EditOf(one.Name)).ToList();
        if (await EditAsync(store, collection, edits, pipeline, cancellationToken) is not { } result || !PassThru) return;
        for (var i = 0; i < entries.Count; i++)
        {
            if (edits[i].Edit.Action == EditAction.Remove) pipeline.Write(entries[i].Entry);
            else Write(result, edits[i].Edit.NewName ?? entries[i].Name, pipeline);
        }
    }
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Sets the active collection.</summary>
[Cmdlet(VerbsCommon.Set, "SkmCollection", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(CollectionSummary))]
public sealed class SetSkmCollectionCommand : ChangingCommand
{
    private const string NameSet = "Name";
    private const string InputSet = "Input";

    /// <summary>The collection.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Whether to make it the active collection, as by default.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; } = true;

    /// <summary>The object from the pipeline: a collection, the name of one, or an object with a property <c>Collection</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to return the collection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        foreach (var name in piped is null ? [Name] : CollectionNames.Read(piped))
        {
            SetActive(name);
        }
    });

    private void SetActive(string name) => RunItem(name, async (store, pipeline, cancellationToken) =>
    {
        var collection = store.Read(CollectionNames.Match(store, name));
        if (Active && await MayAsync(pipeline, $"collection '{collection.Name}'", "Make it the active collection"))
        {
            await store.SetActiveAsync(collection.Name, LockTimeout, cancellationToken);
            collection = store.Read(collection.Name);
        }

        if (PassThru)
        {
            pipeline.Write(collection.Summarize());
        }
    });
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Sets the active collection.</summary>
[Cmdlet(VerbsCommon.Set, "SkmCollection", SupportsShouldProcess = true)]
[OutputType(typeof(CollectionSummary))]
public sealed class SetSkmCollectionCommand : ChangingCommand
{
    /// <summary>The collection.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Whether to make it the active collection.</summary>
    [Parameter(Mandatory = true)]
    public SwitchParameter Active { get; set; }

    /// <summary>Whether to return the collection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (store, pipeline, cancellationToken) =>
    {
        var collection = store.Read(CollectionNames.Match(store, Name));
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

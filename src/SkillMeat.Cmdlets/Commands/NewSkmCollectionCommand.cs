using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Creates an empty collection, and the home if it does not exist.</summary>
[Cmdlet(VerbsCommon.New, "SkmCollection", SupportsShouldProcess = true)]
[OutputType(typeof(CollectionSummary))]
public sealed class NewSkmCollectionCommand : ChangingCommand
{
    /// <summary>The name of the new collection.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Whether it becomes the active collection.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunWithoutHome(async (pipeline, cancellationToken) =>
    {
        var isNewHome = !Directory.Exists(HomePath);
        var target = isNewHome ? $"collection '{Name}' in a new home, {HomePath}" : $"collection '{Name}' in {HomePath}";
        if (await MayAsync(pipeline, target, "Create"))
        {
            pipeline.Write(isNewHome ? await MakeHomeAsync(cancellationToken) : await MakeCollectionAsync(Open(pipeline), cancellationToken));
        }
    });

    private async Task<CollectionSummary> MakeHomeAsync(CancellationToken cancellationToken)
    {
        var store = await CollectionStore.InitializeAsync(HomePath, LockTimeout, Time, activeCollection: Name, cancellationToken: cancellationToken);
        return store.Read(Name).Summarize();
    }

    private async Task<CollectionSummary> MakeCollectionAsync(CollectionStore store, CancellationToken cancellationToken)
    {
        await store.CreateAsync(Name, LockTimeout, cancellationToken);
        if (Active)
        {
            await store.SetActiveAsync(Name, LockTimeout, cancellationToken);
        }

        return store.Read(Name).Summarize();
    }
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Creates an empty collection, and the home if it does not exist.</summary>
[Cmdlet(VerbsCommon.New, "SkmCollection", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(CollectionSummary))]
public sealed class NewSkmCollectionCommand : ChangingCommand
{
    private const string NameSet = "Name";
    private const string InputSet = "Input";

    /// <summary>The names of the new collections.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The object from the pipeline: the name of the new collection, or an object with a property <c>Collection</c> or <c>Name</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether it becomes the active collection.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        var names = piped is null ? Name : CollectionNames.Read(piped);
        RunWithoutHome(async (pipeline, cancellationToken) =>
        {
            foreach (var name in names)
            {
                await pipeline.TryAsync(name, () => CreateAsync(name, pipeline, cancellationToken));
            }
        });
    });

    private async Task CreateAsync(string name, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var isNewHome = !Directory.Exists(HomePath);
        var target = isNewHome ? $"collection '{name}' in a new home, {HomePath}" : $"collection '{name}' in {HomePath}";
        if (await MayAsync(pipeline, target, "Create"))
        {
            pipeline.Write(isNewHome ? await CreateHomeAsync(name, cancellationToken) : await CreateAsync(OpenHome(pipeline), name, cancellationToken));
        }
    }

    private async Task<CollectionSummary> CreateHomeAsync(string name, CancellationToken cancellationToken)
    {
        var store = await CollectionStore.InitializeAsync(HomePath, LockTimeout, Time, activeCollection: name, cancellationToken: cancellationToken);
        return store.Read(name).Summarize();
    }

    private async Task<CollectionSummary> CreateAsync(CollectionStore store, string name, CancellationToken cancellationToken)
    {
        await new CollectionOrganizer(store).CreateAsync(name, description: null, Active, LockTimeout, cancellationToken);
        return store.Read(name).Summarize();
    }
}

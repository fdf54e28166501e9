using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Sets the active collection, or the description of a collection.</summary>
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

    /// <summary>Whether to make it the active collection, as by default without a description.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <summary>The new description; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

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
            Set(name);
        }
    });

    private void Set(string name) => RunItem(name, async (store, pipeline, cancellationToken) =>
    {
        var collection = store.Read(CollectionNames.Match(store, name));
        var describes = MyInvocation.BoundParameters.ContainsKey(nameof(Description));
        var activates = IsSet(nameof(Active)) ?? !describes;
        var request = new EditCollectionRequest { Collection = collection.Name, Description = describes ? Description ?? "" : null, Activates = activates, LockTimeout = LockTimeout };
        if ((describes || activates) && await MayAsync(pipeline, $"collection '{collection.Name}'", ActionOf(request)))
        {
            // The setting alone does not wait for work on the collection.
            if (describes) await new CollectionOrganizer(store).EditAsync(request, cancellationToken);
            else await store.SetActiveAsync(collection.Name, LockTimeout, cancellationToken);
            collection = store.Read(collection.Name);
        }

        if (PassThru)
        {
            pipeline.Write(collection.Summarize());
        }
    });

    private static string ActionOf(EditCollectionRequest request)
    {
        const string Activation = "ake it the active collection";
        if (request.Description is null) return $"M{Activation}";
        var description = request.Description.Length == 0 ? "Remove the description" : $"Set the description to '{request.Description}'";
        return request.Activates ? $"{description}, and m{Activation}" : description;
    }
}

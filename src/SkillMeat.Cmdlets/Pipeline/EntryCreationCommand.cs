using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that create an entry of a collection.</summary>
public abstract class EntryCreationCommand : EditingCommand
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The description.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The position in the list, from 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Position { get; set; }

    /// <summary>The name of the collection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>Adds the other parameters to an edit.</summary>
    private protected abstract ManifestEdit Complete(ManifestEdit edit);

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var edit = Complete(new ManifestEdit(List.List, EditAction.Create, Name) { Position = MyInvocation.BoundParameters.ContainsKey(nameof(Position)) ? Position : null });
        var collection = Collection is null ? store.ActiveCollection : CollectionNames.Match(store, Collection);
        if (await EditAsync(store, collection, [(edit, "Create")], pipeline, cancellationToken) is { } result) Write(result, Name, pipeline);
    });
}

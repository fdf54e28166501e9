using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Renames a collection, with its snapshots. Deployments in known projects follow.</summary>
[Cmdlet(VerbsCommon.Rename, "SkmCollection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = NameSet)]
[OutputType(typeof(RenamedCollection))]
public sealed class RenameSkmCollectionCommand : ChangingCommand
{
    private const string NameSet = "Name";
    private const string InputSet = "Input";

    /// <summary>The collection.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputSet)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    /// <summary>The object from the pipeline: a collection, the name of one, or an object with a property <c>Collection</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to return what was renamed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        foreach (var name in piped is null ? [Name] : CollectionNames.Read(piped)) Rename(name);
    });

    private void Rename(string name) => RunItem(name, async (store, pipeline, cancellationToken) =>
    {
        var isDry = await pipeline.AskAsync(IsWhatIf);
        var request = new RenameCollectionRequest { Collection = CollectionNames.Match(store, name), NewName = NewName, DryRun = true, LockTimeout = LockTimeout };
        var organizer = new CollectionOrganizer(store);
        // A wrong name is reported before the question.
        var renamed = await organizer.RenameAsync(request, cancellationToken);
        if (await MayAsync(pipeline, $"collection '{renamed.PreviousName}'", $"Rename to '{NewName}', in {renamed.Deployments} deployments as well"))
        {
            renamed = await organizer.RenameAsync(request with { DryRun = false }, cancellationToken);
        }
        else if (!isDry)
        {
            return;
        }

        foreach (var warning in renamed.Warnings) pipeline.Warn(warning);
        if (PassThru) pipeline.Write(renamed);
    });
}

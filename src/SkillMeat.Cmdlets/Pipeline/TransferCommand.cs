using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that bring artifacts to another collection.</summary>
public abstract class TransferCommand : CollectionArtifactCommand
{
    /// <summary>The collection to which they go.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string Destination { get; set; } = "";

    /// <summary>The name of a single artifact there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Whether to take no snapshot first.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshot { get; set; }

    /// <summary>The verb, for questions.</summary>
    private protected abstract string Verb { get; }

    private protected override string ActionOnAll => "means all";

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: there is no such destination.</exception>
    private protected override void Check(CollectionStore store) => store.Read(CollectionNames.Match(store, Destination));

    /// <summary>Brings artifacts to another collection.</summary>
    private protected abstract Task<IReadOnlyList<TransferredArtifact>> TransferAsync(ArtifactTransfer transfer, TransferRequest request, CancellationToken cancellationToken);

    private protected override async Task ChangeAsync(CollectionStore store, string collection, IReadOnlyList<string> artifacts, bool isDry, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var destination = CollectionNames.Match(store, Destination);
        var transfer = new ArtifactTransfer(store);
        var request = new TransferRequest
        {
            Artifacts = artifacts,
            Collection = collection,
            Destination = destination,
            NewName = NewName,
            SkipSnapshot = SkipSnapshot,
            DryRun = true,
            LockTimeout = LockTimeout,
        };
        // All or none: what cannot go there is reported before the question.
        var found = await TransferAsync(transfer, request, cancellationToken);
        var names = found.Count <= 5 ? string.Join(", ", found.Select(one => one.ArtifactId)) : $"{found.Count} artifacts";
        if (await MayAsync(pipeline, $"{names} of collection '{collection}'", $"{Verb} to collection '{destination}'"))
        {
            using var progress = ShowProgress(pipeline, $"To collection '{destination}'");
            found = await TransferAsync(transfer, request with { DryRun = false }, cancellationToken);
            if (SkipSnapshot) pipeline.Warn("No snapshot was taken, as requested, so this cannot be undone.");
        }
        else if (!isDry)
        {
            return;
        }

        foreach (var warning in found[0].Warnings) pipeline.Warn(warning);
        foreach (var one in found.Where(_ => PassThru)) pipeline.Write(one);
    }
}

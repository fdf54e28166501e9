using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that bring artifacts to another collection.</summary>
public abstract class TransferCommand : ChangingCommand
{
    private protected const string NameSet = "Name";
    private const string IdSet = "Id";
    private const string InputSet = "Input";

    private readonly ArtifactTargets _targets = new();

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The ids of the artifacts, as <c>type:name</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ArtifactIdCompleter))]
    public string[]? ArtifactId { get; set; }

    /// <summary>The object from the pipeline: an artifact, or the name of one. With <c>-Name</c>, also a collection.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = NameSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The group to whose members the artifacts are restricted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The names of the collections that have them, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

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

    /// <summary>Whether to return the artifacts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The verb, for questions.</summary>
    private protected abstract string Verb { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        if (ParameterSetName == InputSet && piped is { IsCollection: true })
        {
            throw piped.Refused("is not an artifact. Name the artifacts of the collection with -Name; '*' means all.");
        }

        _targets.Add(piped, Collection, ArtifactId, takesCollection: false);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var unknown = new UnknownArtifacts();
        var destination = CollectionNames.Match(store, Destination);
        store.Read(destination);
        foreach (var target in _targets.Resolve(store, filter, new GroupFilter(Group, pipeline)))
        {
            await pipeline.TryAsync(target.Collection, async () =>
            {
                var collection = store.Read(target.Collection);
                unknown.Add(target.Filter, target.Filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name))));
                var chosen = collection.Artifacts.Where(target.Filter.Matches).Select(artifact => artifact.ArtifactId).ToList();
                if (chosen.Count > 0) await TransferAsync(store, collection.Name, destination, chosen, pipeline, cancellationToken);
            });
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }
    });

    /// <summary>Brings artifacts to another collection.</summary>
    private protected abstract Task<IReadOnlyList<TransferredArtifact>> TransferAsync(ArtifactTransfer transfer, TransferRequest request, CancellationToken cancellationToken);

    private async Task TransferAsync(CollectionStore store, string source, string destination, List<string> artifacts, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var isDry = await pipeline.AskAsync(IsWhatIf);
        var transfer = new ArtifactTransfer(store);
        var request = new TransferRequest
        {
            Artifacts = artifacts,
            Collection = source,
            Destination = destination,
            NewName = NewName,
            SkipSnapshot = SkipSnapshot,
            DryRun = true,
            LockTimeout = LockTimeout,
        };
        // All or none: what cannot go there is reported before the question.
        var found = await TransferAsync(transfer, request, cancellationToken);
        var names = found.Count <= 5 ? string.Join(", ", found.Select(one => one.ArtifactId)) : $"{found.Count} artifacts";
        if (await MayAsync(pipeline, $"{names} of collection '{source}'", $"{Verb} to collection '{destination}'"))
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

using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that change artifacts of collections, selected by name, id, type and group or from the pipeline, all of a collection at once.</summary>
public abstract class CollectionArtifactCommand : ChangingCommand
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

    /// <summary>Whether to return the artifacts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The end of the sentence about <c>'*'</c> as the name, for the error of a collection from the pipeline.</summary>
    private protected abstract string ActionOnAll { get; }

    /// <summary>The question about each artifact, or null for none.</summary>
    private protected virtual string? Question => null;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        if (ParameterSetName == InputSet && piped is { IsCollection: true })
        {
            throw piped.Refused($"is not an artifact. Name the artifacts of the collection with -Name; '*' {ActionOnAll}.");
        }

        _targets.Add(piped, Collection, ArtifactId, takesCollection: false);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        Check(store);
        var unknown = new UnknownArtifacts();
        var isDry = await pipeline.AskAsync(IsWhatIf);
        foreach (var target in _targets.Resolve(store, filter, new GroupFilter(Group, pipeline)))
        {
            await pipeline.TryAsync(target.Collection, async () =>
            {
                var collection = store.Read(target.Collection);
                unknown.Add(target.Filter, target.Filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name))));
                var chosen = await ChooseAsync(collection, target.Filter, isDry, pipeline);
                if (chosen.Count > 0) await ChangeAsync(store, target.Collection, chosen, isDry, pipeline, cancellationToken);
            });
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }
    });

    /// <summary>Checks the other parameters, before anything is asked or changed.</summary>
    private protected virtual void Check(CollectionStore store)
    {
    }

    /// <summary>Changes artifacts of a collection, in one transaction.</summary>
    private protected abstract Task ChangeAsync(CollectionStore store, string collection, IReadOnlyList<string> artifacts, bool isDry, PipelineQueue pipeline, CancellationToken cancellationToken);

    private async Task<List<string>> ChooseAsync(Collection collection, ArtifactFilter filter, bool isDry, PipelineQueue pipeline)
    {
        var chosen = new List<string>();
        foreach (var artifact in collection.Artifacts.Where(filter.Matches))
        {
            if (Question is not { } question || await ConfirmAsync(pipeline, $"{artifact.ArtifactId} of collection '{collection.Name}'", question) || isDry) chosen.Add(artifact.ArtifactId);
        }

        return chosen;
    }
}

using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Edits the details of artifacts in collections, in one transaction for each collection. Their files stay as they are.</summary>
[Cmdlet(VerbsCommon.Set, "SkmArtifact", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(Artifact))]
public sealed class SetSkmArtifactCommand : ChangingCommand
{
    private const string NameSet = "Name";
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

    /// <summary>The title; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>The description; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The author; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Author { get; set; }

    /// <summary>The licence; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? License { get; set; }

    /// <summary>The category; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Category { get; set; }

    /// <summary>The tags that replace all others; none removes all.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? Tag { get; set; }

    /// <summary>The tags to add.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AddTag { get; set; } = [];

    /// <summary>The tags to remove.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RemoveTag { get; set; } = [];

    /// <summary>The group to whose members the artifacts are restricted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>Whether to return the artifacts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        if (ParameterSetName == InputSet && piped is { IsCollection: true })
        {
            throw piped.Refused("is not an artifact. Name the artifacts of the collection with -Name; '*' edits all.");
        }

        _targets.Add(piped, Collection, ArtifactId, takesCollection: false);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var unknown = new UnknownArtifacts();
        var isDry = await pipeline.AskAsync(IsWhatIf);
        foreach (var target in _targets.Resolve(store, filter, new GroupFilter(Group, pipeline)))
        {
            await pipeline.TryAsync(target.Collection, async () =>
            {
                var chosen = await ChooseAsync(store.Read(target.Collection), target.Filter, isDry, unknown, pipeline);
                if (chosen.Count > 0) await EditAsync(store, target.Collection, chosen, isDry, pipeline, cancellationToken);
            });
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }
    });

    private async Task<List<string>> ChooseAsync(Collection collection, ArtifactFilter filter, bool isDry, UnknownArtifacts unknown, PipelineQueue pipeline)
    {
        unknown.Add(filter, filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name))));
        var chosen = new List<string>();
        foreach (var artifact in collection.Artifacts.Where(filter.Matches))
        {
            if (await ConfirmAsync(pipeline, $"{artifact.ArtifactId} of collection '{collection.Name}'", "Edit the details") || isDry) chosen.Add(artifact.ArtifactId);
        }

        return chosen;
    }

    private async Task EditAsync(CollectionStore store, string collection, List<string> artifacts, bool isDry, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var request = new EditRequest { Details = artifacts.ConvertAll(EditOf), Collection = collection, DryRun = isDry, LockTimeout = LockTimeout };
        var result = await new ManifestEditor(store).EditAsync(request, cancellationToken);
        if (result.SnapshotId is { } id) pipeline.Verbose($"Snapshot {id} was taken first; Restore-SkmSnapshot -Collection '{collection}' -SnapshotId {id} restores it.");
        foreach (var artifact in artifacts.Where(_ => PassThru && !isDry)) pipeline.Write(result.After.Find(artifact));
    }

    private DetailsEdit EditOf(string artifact)
    {
        (string Field, string Parameter, string? Value)[] values =
        [
            ("title", nameof(Title), Title), ("description", nameof(Description), Description), ("author", nameof(Author), Author), ("license", nameof(License), License), ("category", nameof(Category), Category),
        ];
        return new DetailsEdit(artifact)
        {
            Values = values.Where(one => MyInvocation.BoundParameters.ContainsKey(one.Parameter)).ToDictionary(one => one.Field, one => one.Value),
            Tags = MyInvocation.BoundParameters.ContainsKey(nameof(Tag)) ? Tag is null or [""] ? [] : Tag : null,
            AddedTags = AddTag,
            RemovedTags = RemoveTag,
        };
    }
}

using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the artifacts of collections.</summary>
[Cmdlet(VerbsCommon.Get, "SkmArtifact")]
[OutputType(typeof(Artifact))]
public sealed class GetSkmArtifactCommand : SkmCommand
{
    private readonly ArtifactTargets _targets = new();

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

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

    /// <summary>The repositories or folders that the artifacts come from, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[] Source { get; set; } = [];

    /// <summary>The ids of the artifacts, as <c>type:name</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArtifactIdCompleter))]
    public string[]? ArtifactId { get; set; }

    /// <summary>The object from the pipeline: an artifact, the name of one, or a collection.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => _targets.Add(piped, Collection, ArtifactId, takesCollection: false));

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var sources = await pipeline.AskAsync(() => SourceTargets.Of(Source, SessionState));
        var (read, groups) = (new ReadCollections(store, pipeline), new GroupFilter(Group, pipeline));
        var unknown = new UnknownArtifacts();
        foreach (var target in _targets.All)
        {
            foreach (var collection in CollectionNames.Resolve(store, target.Collections).Select(read.Find).OfType<CollectionIndex>())
            {
                foreach (var artifact in collection.Select(target, groups.Narrow(sources.Narrow(filter, collection.Collection), collection.Collection)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    pipeline.Write(artifact);
                }
            }
        }

        foreach (var (collection, narrowed) in _targets.Resolve(store, filter))
        {
            if (read.Find(collection) is { } index)
            {
                unknown.Add(narrowed, index.FindUnknown(narrowed));
            }
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }

        sources.ReportUnknown(pipeline);
    });
}

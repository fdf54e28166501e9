using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that check artifacts upstream, selected by name and type or from the pipeline.</summary>
public abstract class ArtifactBatchCommand : UpstreamCommand
{
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

    /// <summary>The ids of the artifacts, as <c>type:name</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArtifactIdCompleter))]
    public string[]? ArtifactId { get; set; }

    /// <summary>The object from the pipeline: an artifact, the name of one, or a collection.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The collections and artifacts from the pipeline.</summary>
    private protected ArtifactTargets Targets { get; } = new();

    /// <summary>Whether an object that has a collection and no artifact stands for the whole collection.</summary>
    private protected abstract bool TakesCollections { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => Targets.Add(piped, Collection, ArtifactId, TakesCollections));
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A cmdlet that asks upstream about artifacts of collections: chosen by name and type, or as they come through the pipeline.</summary>
public abstract class ArtifactBatchCommand : UpstreamCommand
{
    /// <summary>Only artifacts with these names, or <c>type:name</c>; wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only artifacts of these types.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The collections; wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>Only these artifacts, as they come through the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] ArtifactId { get; set; } = [];

    /// <summary>The collections and artifacts that came through the pipeline.</summary>
    private protected ArtifactTargets Targets { get; } = new();

    /// <inheritdoc/>
    protected override void ProcessRecord() => Targets.Add(Collection, ArtifactId);
}

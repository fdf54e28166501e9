using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that work on a selection of the deployments in projects.</summary>
public abstract class ProjectSelectionCommand : ProjectCommand
{
    /// <summary>Whether the user's own folders are meant, such as <c>~/.claude</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsUserScope")]
    public SwitchParameter UserScope { get; set; }

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The group to whose members the deployments are restricted, one of <c>-Collection</c> or of the active collection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The collection whose deployments are meant.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>The profiles, by id or alias.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = [];
}

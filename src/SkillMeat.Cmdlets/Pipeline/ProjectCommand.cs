using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that work on projects, which parameters or the pipeline name.</summary>
public abstract class ProjectCommand : ChangingCommand
{
    /// <summary>The projects: paths of folders, or names of registered projects, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[]? Project { get; set; }

    /// <summary>The object from the pipeline: a project, a folder, the name of a project, or an object with a property <c>Project</c>.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether <c>-Project</c> is on the command line, so that it takes precedence over the pipeline.</summary>
    private protected bool IsProjectGiven { get; private set; }

    /// <summary>The projects of the parameter, which can be those of the current object of the pipeline; null if it has none.</summary>
    private protected IReadOnlyList<string>? GivenProjects => Project?.Where(one => !string.IsNullOrEmpty(one)).ToList();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        IsProjectGiven = Project is { Length: > 0 };
    }
}

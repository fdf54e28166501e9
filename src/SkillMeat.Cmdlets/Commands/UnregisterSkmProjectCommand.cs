using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Forgets projects. Their folders and deployments stay.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "SkmProject", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(Project))]
public sealed class UnregisterSkmProjectCommand : ChangingCommand
{
    private const string NameSet = "Name";
    private const string InputSet = "Input";

    private readonly List<string> _names = [];

    /// <summary>The names or paths of registered projects, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The object from the pipeline: a project, a folder, the name of a project, or an object with a property <c>Project</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to return the projects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => _names.AddRange(piped is null ? Name : ProjectTarget.Read(piped)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_names.Count > 0) Run(UnregisterAsync);
    }

    private async Task UnregisterAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var registry = new ProjectRegistry(store);
        var chosen = new List<string>();
        foreach (var path in await new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder")).ResolveAsync(_names))
        {
            await pipeline.TryAsync(path, async () =>
            {
                var project = registry.Get(path);
                if (!project.IsRegistered) pipeline.Error(ErrorRecords.Of(new SkillMeatException(ErrorIds.ProjectNotFound, $"'{project.Path}' is not a registered project."), path));
                else if (await MayAsync(pipeline, $"project '{ShortText.Cut(project.Name)}'", "Forget it, and keep its files")) chosen.Add(project.Path);
            });
        }

        if (chosen.Count == 0) return;
        foreach (var project in (await registry.UnregisterAsync(chosen, LockTimeout, cancellationToken: cancellationToken)).Where(_ => PassThru)) pipeline.Write(project);
    }
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Registers folders as projects, so that they are compared with all others and can be named.</summary>
[Cmdlet(VerbsLifecycle.Register, "SkmProject", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(Project))]
public sealed class RegisterSkmProjectCommand : ChangingCommand
{
    private const string PathSet = "Path";
    private const string InputSet = "Input";

    private readonly List<string> _paths = [];

    /// <summary>The folders.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The name of a single project. That of its folder by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The object from the pipeline: a project, a folder, the path of one, or an object with a property <c>Project</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => _paths.AddRange((piped is null ? Path : ProjectTarget.Read(piped)).Select(path => ResolvePath(path, "a project is a folder"))));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_paths.Count > 0) Run(RegisterAsync);
    }

    private async Task RegisterAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (Name is not null && _paths.Count > 1) throw new SkillMeatException(ErrorIds.InvalidArgument, $"-Name applies to one project, and {_paths.Count} were given.");
        var registry = new ProjectRegistry(store);
        var (isDry, chosen) = (await pipeline.AskAsync(IsWhatIf), new List<string>());
        foreach (var path in _paths.Distinct(StringComparer.Ordinal))
        {
            // A folder that cannot be a project does not keep the others from being registered.
            await pipeline.TryAsync(path, async () =>
            {
                var project = registry.Get(path);
                // There is nothing to confirm about a project that is registered already.
                if (project.IsRegistered ? !isDry : await MayAsync(pipeline, $"'{project.Path}'", $"Register as project '{ShortText.Cut(Name ?? project.Name)}'")) chosen.Add(project.Path);
            });
        }

        if (chosen.Count == 0) return;
        foreach (var project in await registry.RegisterAsync(chosen, LockTimeout, Name, cancellationToken)) pipeline.Write(project);
    }
}

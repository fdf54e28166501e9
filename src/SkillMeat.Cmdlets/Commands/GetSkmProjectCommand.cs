using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists registered projects, or describes folders as projects.</summary>
[Cmdlet(VerbsCommon.Get, "SkmProject")]
[OutputType(typeof(Project))]
public sealed class GetSkmProjectCommand : SkmCommand
{
    private readonly List<string> _names = [];
    private bool _isAll;

    /// <summary>The names or paths of registered projects, with wildcards, or paths of other folders.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The object from the pipeline: a project, a folder, the name of a project, or an object with a property <c>Project</c>.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: Name.Length == 0, piped =>
    {
        _names.AddRange(piped is null ? Name : ProjectTarget.Read(piped));
        _isAll |= piped is null && Name.Length == 0;
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_isAll || _names.Count > 0) Run(ListAsync);
    }

    private async Task ListAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var registry = new ProjectRegistry(store);
        if (_isAll)
        {
            foreach (var project in registry.List()) pipeline.Write(project);
            return;
        }

        foreach (var path in await new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder")).ResolveAsync(_names))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                pipeline.Write(registry.Get(path));
            }
            catch (SkillMeatException e)
            {
                pipeline.Error(ErrorRecords.Of(e, path));
            }
        }
    }
}

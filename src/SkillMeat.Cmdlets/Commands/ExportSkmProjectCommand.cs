using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Projects.Desired;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Writes the file <c>skillmeat.toml</c> of projects from what is deployed in them. Comments and other keys stay.</summary>
[Cmdlet(VerbsData.Export, "SkmProject", SupportsShouldProcess = true)]
[OutputType(typeof(ProjectExport))]
public sealed class ExportSkmProjectCommand : ProjectCommand
{
    private readonly List<string> _projects = [];

    /// <summary>Whether entries, and profiles of entries, that are not deployed are removed from the file.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        if (piped is null || IsProjectGiven) _projects.AddRange(GivenProjects ?? [SessionState.Path.CurrentFileSystemLocation.ProviderPath]);
        else _projects.AddRange(ProjectTarget.Read(piped));
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_projects.Count > 0) Run(ExportAsync);
    }

    private async Task ExportAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var exporter = new ProjectExporter(store) { Prune = Prune };
        foreach (var project in await paths.ResolveExistingAsync(_projects)) await pipeline.TryAsync(project, () => ExportAsync(exporter, project, pipeline, cancellationToken));
    }

    private async Task ExportAsync(ProjectExporter exporter, string project, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var planned = await exporter.ExportAsync(project, dryRun: true, LockTimeout, cancellationToken);
        var result = planned;
        if (!planned.IsChanged) result = planned with { DryRun = await pipeline.AskAsync(IsWhatIf) };
        else if (await MayAsync(pipeline, planned.Path, Describe(planned))) result = await exporter.ExportAsync(project, dryRun: false, LockTimeout, cancellationToken);
        else if (!await pipeline.AskAsync(IsWhatIf)) return;
        foreach (var warning in result.Warnings) pipeline.Warn(warning);
        pipeline.Write(result);
    }

    private static string Describe(ProjectExport planned)
    {
        var parts = new[] { ("add", planned.Added), ("change", planned.Changed), ("remove", planned.Removed) }.Where(part => part.Item2.Count > 0).Select(part => $"{part.Item1} {ShortText.Cut(string.Join(", ", part.Item2))}");
        return $"Write {planned.Artifacts.Count} artifacts{string.Concat(parts.Select(part => $"; {part}"))}";
    }
}

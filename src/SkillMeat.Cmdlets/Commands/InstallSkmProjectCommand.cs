using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Brings projects to the state of their files <c>skillmeat.toml</c>: adds what the collection lacks, and deploys what they name. Local edits are never overwritten without <c>-Force</c>.</summary>
[Cmdlet(VerbsLifecycle.Install, "SkmProject", SupportsShouldProcess = true)]
[OutputType(typeof(DeployedArtifact))]
public sealed class InstallSkmProjectCommand : UpstreamCommand
{
    private readonly List<string> _projects = [];
    private bool _isProjectGiven;

    /// <summary>The projects: paths of folders, or names of registered projects, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[]? Project { get; set; }

    /// <summary>The collection that the artifacts are added to and deployed from.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>Whether those hooks and servers take effect that the file wants to.</summary>
    [Parameter]
    public SwitchParameter Activate { get; set; }

    /// <summary>Whether artifacts become links to the collection that the file wants to be links.</summary>
    [Parameter]
    public SwitchParameter Link { get; set; }

    /// <summary>Whether local edits, and files without a record, are replaced. Their content is kept in the object store.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The object from the pipeline: a project, a folder, or the name of a project.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override bool ForceConfirms => false;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isProjectGiven = Project is { Length: > 0 };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        if (piped is null || _isProjectGiven) _projects.AddRange(Project?.Where(one => !string.IsNullOrEmpty(one)) ?? [SessionState.Path.CurrentFileSystemLocation.ProviderPath]);
        else _projects.AddRange(ProjectTarget.Read(piped));
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_projects.Count > 0) Run(InstallAsync);
    }

    private async Task InstallAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        foreach (var project in await paths.ResolveExistingAsync(_projects))
        {
            await pipeline.TryAsync(project, () => InstallAsync(store, project, pipeline, cancellationToken));
        }
    }

    private async Task InstallAsync(CollectionStore store, string project, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var request = new ProjectInstallRequest { Project = project, Collection = Collection, Activate = Activate, UseLinks = Link, Force = Force, LockTimeout = LockTimeout };
        var installer = new ProjectInstaller(store);
        using var session = OpenUpstream(store, pipeline);
        var isDry = await pipeline.AskAsync(IsWhatIf);
        IReadOnlyList<DeployedArtifact>? outcomes = null;
        if (isDry || await pipeline.AskAsync(IsAsking))
        {
            outcomes = await installer.InstallAsync(request with { DryRun = true }, session, cancellationToken);
            var declined = new List<string>();
            foreach (var artifact in outcomes.Where(DeployReport.IsChange).GroupBy(one => one.ArtifactId, StringComparer.Ordinal))
            {
                var added = artifact.Any(one => one.IsAdded) ? "Add to the collection, and " : "";
                if (!await MayAsync(pipeline, artifact.Key, $"{added}{DeployReport.Describe([.. artifact])}")) declined.Add(artifact.Key);
            }

            request = request with { Except = declined };
        }

        if (!isDry)
        {
            using var progress = ShowProgress(pipeline, "Installing");
            outcomes = await installer.InstallAsync(request, session, cancellationToken);
        }

        DeployReport.Write(outcomes!, pipeline);
    }
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Synchronizes the copies in projects with their collections, in one plan and one transaction. An artifact with conflicts is changed on neither side.</summary>
[Cmdlet(VerbsData.Sync, "SkmProject", SupportsShouldProcess = true)]
[OutputType(typeof(SyncEntry))]
public sealed class SyncSkmProjectCommand : ProjectSelectionCommand
{
    private readonly List<string> _projects = [];
    private readonly List<DeployedCopy> _copies = [];
    private bool _isUserWanted;

    /// <summary>Whether to synchronize all registered projects.</summary>
    [Parameter]
    public SwitchParameter AllProjects { get; set; }

    /// <summary>The direction in which changes travel.</summary>
    [Parameter]
    public SyncDirection Direction { get; set; } = SyncDirection.Both;

    /// <summary>The treatment of contents that differ.</summary>
    [Parameter]
    public SyncStrategy Strategy { get; set; } = SyncStrategy.Merge;

    /// <summary>The resolution of conflicting files: <c>Project</c>, <c>Collection</c>, or the folder that holds the merged files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SyncResolutionCompleter))]
    public string? ResolveWith { get; set; }

    /// <summary>The name of a fork.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ForkName { get; set; }

    /// <summary>Whether to take no snapshot of a collection first.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshot { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, Select);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_projects.Count > 0 || _copies.Count > 0 || AllProjects || _isUserWanted) Run(SyncAsync);
    }

    private void Select(PipedObject? piped)
    {
        var given = GivenProjects ?? [];
        if (piped?["ArtifactId"] is { } artifact)
        {
            // An object that names an artifact stands for it alone, in its own place or in the given projects.
            var isInUserScope = UserScope && !IsProjectGiven;
            if (given.Count == 0 && !isInUserScope) throw piped.Unnamed("a project", "Project. Name one with -Project");
            _copies.AddRange(isInUserScope ? [new DeployedCopy(null, artifact, piped["Profile"])] : given.Select(one => new DeployedCopy(one, ArtifactId.Parse(artifact).ToString(), piped["Profile"])));
            return;
        }

        _isUserWanted |= UserScope;
        if (piped is null || IsProjectGiven) _projects.AddRange(given);
        else if (!UserScope) _projects.AddRange(ProjectTarget.Read(piped));
        if (piped is null && given.Count == 0 && !AllProjects && !UserScope) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name a project with -Project, or the user's own folders with -UserScope.");
    }

    private async Task SyncAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        if (await ReadAsync(store, filter, pipeline) is not { } request) return;
        var syncer = new ProjectSyncer(store);
        var result = await RunAsync(syncer, request, pipeline, cancellationToken);
        SyncReport.Write(result, pipeline);
        Report(result, request, filter, pipeline);
    }

    private async Task<SyncRequest?> ReadAsync(CollectionStore store, ArtifactFilter filter, PipelineQueue pipeline)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var projects = await paths.ResolveExistingAsync(_projects.Concat(AllProjects ? paths.Registered : []));
        var copies = new List<DeployedCopy>();
        foreach (var copy in _copies) copies.AddRange(copy.Project is { } project ? (await paths.ResolveExistingAsync([project])).Select(path => copy with { Project = path }) : [copy]);
        if (projects.Count == 0 && copies.Count == 0 && !_isUserWanted) return null;
        return new SyncRequest
        {
            Projects = projects,
            Copies = copies,
            IncludeUser = _isUserWanted,
            Profiles = Profile,
            Types = [.. filter.Types.Select(type => type.Name)],
            // A name that is not deployed is reported, and does not keep the others from being synchronized.
            Names = [.. filter.Names.Select(name => name with { IsLiteral = false })],
            Collection = Collection,
            Group = Group,
            Direction = Direction,
            Strategy = Strategy,
            ResolveWith = await pipeline.AskAsync(ReadResolution),
            ForkName = ForkName,
            SkipSnapshot = SkipSnapshot,
            DryRun = await pipeline.AskAsync(IsWhatIf),
            LockTimeout = LockTimeout,
        };
    }

    private SyncResolution? ReadResolution() => ResolveWith is null ? null : SyncResolution.Parse(SyncResolution.IsSide(ResolveWith) ? ResolveWith : ResolvePath(ResolveWith, "the merged files must be in a folder, or a file"), HomePath);

    private async Task<SyncResult> RunAsync(ProjectSyncer syncer, SyncRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (request is { Strategy: SyncStrategy.Prompt, DryRun: false })
        {
            var planned = Plan(syncer, request, pipeline, cancellationToken);
            var answers = await new SyncQuestions(pipeline, Host).AskAsync(planned.Entries)
                ?? throw new SkillMeatException(ErrorIds.InvalidArgument, "-Strategy Prompt asks about each artifact, and PowerShell cannot prompt here. Use Merge, Overwrite or Fork.");
            return await syncer.ApplyAsync(planned.Choose(answers), cancellationToken);
        }

        if (!request.DryRun && !await pipeline.AskAsync(IsAsking))
        {
            using var progress = ShowProgress(pipeline, "Synchronizing");
            return await syncer.SyncAsync(request, cancellationToken);
        }

        var plan = Plan(syncer, request, pipeline, cancellationToken);
        var declined = new List<KeyValuePair<SyncEntry, SyncChoice>>();
        foreach (var entry in plan.Entries.Where(entry => entry.ChangesArtifact()))
        {
            if (!await MayAsync(pipeline, SyncReport.TargetOf(entry), SyncReport.Describe(entry))) declined.Add(KeyValuePair.Create(entry, SyncChoice.Skip));
        }

        return request.DryRun ? plan.ToResult() : await syncer.ApplyAsync(plan.Choose(declined), cancellationToken);
    }

    private static PlannedSync Plan(ProjectSyncer syncer, SyncRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = ShowProgress(pipeline, "Comparing projects");
        return syncer.Plan(request, cancellationToken);
    }

    private void Report(SyncResult result, SyncRequest request, ArtifactFilter filter, PipelineQueue pipeline)
    {
        foreach (var name in filter.Names.Where(name => name.IsLiteral && !result.Entries.Any(entry => name.Fits(entry.Name) || name.Fits(entry.ArtifactId))))
        {
            pipeline.Error(ErrorRecords.Of(new NotDeployedException($"None of these projects has a deployed artifact '{name.Text}'."), name.Text));
        }

        if (filter.Names.Count > 0 || Type.Length > 0 || Profile.Length > 0 || Collection is not null || Group is not null) return;
        foreach (var copy in request.Copies.Where(copy => !result.Entries.Any(entry => entry.ArtifactId == copy.ArtifactId)))
        {
            pipeline.Error(ErrorRecords.Of(new NotDeployedException($"No record in {(copy.Project is null ? "the user's own folders" : $"'{copy.Project}'")} names {copy.ArtifactId}."), copy.ArtifactId));
        }
    }
}

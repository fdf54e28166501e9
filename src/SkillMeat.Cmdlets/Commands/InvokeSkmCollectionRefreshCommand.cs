using System.Management.Automation;
using SkillMeat.Cache.Updates;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Updating;
using SkillMeat.Refresh;
using SkillMeat.Upstream;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Refreshes the metadata of artifacts from upstream, or checks for updates.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SkmCollectionRefresh", SupportsShouldProcess = true, DefaultParameterSetName = RefreshSet)]
[OutputType(typeof(RefreshEntry), typeof(RefreshSummary), ParameterSetName = [RefreshSet])]
[OutputType(typeof(ArtifactCheck), typeof(UpdateCheckSummary), ParameterSetName = [CheckSet])]
public sealed class InvokeSkmCollectionRefreshCommand : ArtifactBatchCommand
{
    private const string RefreshSet = "Refresh";
    private const string CheckSet = "Check";

    /// <summary>Whether to check for updates only.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CheckSet)]
    public SwitchParameter CheckOnly { get; set; }

    /// <summary>The projects whose copies are checked as well: paths of folders, or names of registered projects, with wildcards.</summary>
    [Parameter(ParameterSetName = CheckSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[] Project { get; set; } = [];

    /// <summary>Whether the copies in all registered projects are checked as well.</summary>
    [Parameter(ParameterSetName = CheckSet)]
    public SwitchParameter AllProjects { get; set; }

    /// <summary>Whether the copies in the user's own folders are checked as well.</summary>
    [Parameter(ParameterSetName = CheckSet)]
    public SwitchParameter UserScope { get; set; }

    /// <summary>The profiles of the copies, by id or alias.</summary>
    [Parameter(ParameterSetName = CheckSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = [];

    /// <summary>The fields to refresh; none or an empty text means all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefreshFieldCompleter))]
    public string[]? Fields { get; set; }

    /// <summary>Whether to return only the totals.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Whether the table shows when tags were last imported from upstream.</summary>
    [Parameter]
    public SwitchParameter ShowMetadata { get; set; }

    /// <inheritdoc/>
    protected override bool OnlyReads => CheckOnly;

    /// <inheritdoc/>
    private protected override bool TakesCollections => true;

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        // Invalid arguments are reported before any request or prompt.
        var named = (Fields ?? []).Where(field => !string.IsNullOrWhiteSpace(field)).ToList();
        var fields = RefreshField.Parse(named);
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var targets = Targets.Resolve(store, filter, new GroupFilter(Group, pipeline));
        if (named.Count > 0)
        {
            pipeline.Verbose($"Fields: {string.Join(", ", fields)}.");
        }

        var projects = await ReadProjectsAsync(store, pipeline);
        if (projects is { Projects.Count: 0, IncludeUser: false }) return;
        using var session = OpenUpstream(store, pipeline);
        using var cache = OpenCache(store, pipeline);
        var states = new UpstreamStates(cache);
        var unknown = new UnknownArtifacts();
        foreach (var target in targets)
        {
            var request = new RefreshRequest
            {
                Collection = target.Collection,
                Filter = target.Filter,
                Fields = fields,
                NameChangedFields = named.Count > 0,
                LockTimeout = LockTimeout,
            };
            await pipeline.TryAsync(target.Collection, () => CheckOnly
                ? CheckAsync(MakeCheck(store, session, projects), result => states.RecordCheckAsync(result, session, cancellationToken), request, unknown, pipeline, cancellationToken)
                : RefreshAsync(new CollectionRefresher(store, session), planned => states.RecordRefreshAsync(planned, session, cancellationToken), request, unknown, pipeline, cancellationToken));
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }
    });

    private async Task RefreshAsync(CollectionRefresher refresher, Func<PlannedRefresh, Task> recordAsync, RefreshRequest request, UnknownArtifacts unknown, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var planned = await PlanAsync(refresher, request, pipeline, cancellationToken);
        unknown.Add(request.Filter, planned.Unknown);
        var declined = new List<string>();
        foreach (var entry in planned.Entries.Where(e => e.Status == RefreshStatus.Refreshed))
        {
            if (!await MayAsync(pipeline, $"{entry.ArtifactId} of collection '{entry.Collection}'", $"Set {DescribeChanges(entry)}"))
            {
                declined.Add(entry.ArtifactId);
            }
        }

        var result = await pipeline.AskAsync(IsWhatIf) ? planned.ToResult() : await refresher.ApplyAsync(planned.Without(declined), cancellationToken);
        Write(result, pipeline);
        await recordAsync(planned);
    }

    private static string DescribeChanges(RefreshEntry entry) =>
        string.Join("; ", entry.Changes.Select(field => $"{field}: {ShortText.Cut(FieldValues.Describe(entry.OldValues[field]))} → {ShortText.Cut(FieldValues.Describe(entry.NewValues[field]))}"));

    private static async Task<PlannedRefresh> PlanAsync(CollectionRefresher refresher, RefreshRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = ShowProgress(pipeline, $"Contacting upstream for {Describe(request)}");
        return await refresher.PlanAsync(request, new CheckListener { Progressed = progress.Update }, cancellationToken);
    }

    /// <summary>Reads the projects that a check takes in; null if none was asked for.</summary>
    private async Task<ProjectCheckRequest?> ReadProjectsAsync(CollectionStore store, PipelineQueue pipeline)
    {
        if (Project.Length == 0 && !AllProjects && !UserScope)
        {
            return Profile.Length == 0 ? null : throw new SkillMeatException(ErrorIds.InvalidArgument, "-Profile needs -Project, -AllProjects or -UserScope.");
        }

        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        return new ProjectCheckRequest(new RefreshRequest())
        {
            Projects = await paths.ResolveExistingAsync(Project.Concat(AllProjects ? paths.Registered : [])),
            IncludeUser = UserScope,
            Profiles = Profile,
        };
    }

    private static Func<RefreshRequest, CheckListener, CancellationToken, Task<UpdateCheckResult>> MakeCheck(CollectionStore store, UpstreamSession session, ProjectCheckRequest? projects)
    {
        if (projects is null) return new CollectionRefresher(store, session).CheckAsync;
        var checker = new ProjectUpdateChecker(store, session);
        return (request, listener, cancellationToken) => checker.CheckAsync(projects with { Refresh = request }, listener, cancellationToken);
    }

    private async Task CheckAsync(
        Func<RefreshRequest, CheckListener, CancellationToken, Task<UpdateCheckResult>> checkAsync,
        Func<UpdateCheckResult, Task> recordAsync,
        RefreshRequest request,
        UnknownArtifacts unknown,
        PipelineQueue pipeline,
        CancellationToken cancellationToken)
    {
        using var progress = ShowProgress(pipeline, $"Checking {Describe(request)}");
        var listener = new CheckListener
        {
            Progressed = progress.Update,
            Checked = check =>
            {
                if (!Summary)
                {
                    pipeline.Write(ShowMetadata ? ShownWith.Choose(check, ShownWith.Metadata) : check.Copies is null ? check : ShownWith.Choose(check, ShownWith.Projects));
                }

                if (check.ErrorId is { } errorId)
                {
                    pipeline.Error(ErrorRecords.Of(new SkillMeatException(errorId, $"{check.ArtifactId}: {check.Reason}"), check));
                }
            },
        };
        var result = await checkAsync(request, listener, cancellationToken);
        unknown.Add(request.Filter, result.Unknown);
        foreach (var problem in result.Problems)
        {
            var message = $"Cannot check for new artifacts: {problem.Message}";
            pipeline.Error(ErrorRecords.Of(new SkillMeatException(problem.ErrorId, message), result.Collection));
        }

        if (Summary)
        {
            pipeline.Write(result.Summary);
        }

        await recordAsync(result);
    }

    private void Write(RefreshResult result, PipelineQueue pipeline)
    {
        foreach (var entry in result.Entries)
        {
            if (!Summary)
            {
                pipeline.Write(ShowMetadata ? ShownWith.Choose(entry, ShownWith.Metadata) : entry);
            }

            if (entry.ErrorId is { } errorId)
            {
                pipeline.Error(ErrorRecords.Of(new SkillMeatException(errorId, $"{entry.ArtifactId}: {entry.Error}"), entry));
            }
        }

        if (Summary)
        {
            pipeline.Write(result.Summary);
        }

        if (result.SnapshotId is { } snapshot)
        {
            pipeline.Verbose($"Snapshot {snapshot} was taken first; Restore-SkmSnapshot -Collection '{result.Collection}' -SnapshotId {snapshot} restores it.");
        }
    }

    private static string Describe(RefreshRequest request) => request.Collection is { } name ? $"collection '{name}'" : "the active collection";
}

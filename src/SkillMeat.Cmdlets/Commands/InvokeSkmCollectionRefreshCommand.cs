using System.Management.Automation;
using System.Security;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Brings in what upstream says about artifacts, or checks for updates.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SkmCollectionRefresh", SupportsShouldProcess = true, DefaultParameterSetName = RefreshSet)]
[OutputType(typeof(RefreshEntry), typeof(RefreshSummary), ParameterSetName = [RefreshSet])]
[OutputType(typeof(ArtifactCheck), typeof(UpdateCheckSummary), ParameterSetName = [CheckSet])]
public sealed class InvokeSkmCollectionRefreshCommand : SkmCommand
{
    private const string RefreshSet = "Refresh";
    private const string CheckSet = "Check";

    private readonly ArtifactTargets _targets = new();

    /// <summary>Only says what changed upstream.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CheckSet)]
    public SwitchParameter CheckOnly { get; set; }

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

    /// <summary>Only these fields.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RefreshFieldCompleter))]
    public string[] Fields { get; set; } = [];

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

    /// <summary>Returns the totals only.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>The token for GitHub.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>How long to wait for a rate limit to be reset.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double MaxWaitSec { get; set; } = 60;

    /// <summary>How long to wait for another process.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double LockTimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _targets.Add(Collection, ArtifactId);

    /// <inheritdoc/>
    protected override bool OnlyReads => CheckOnly;

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        // What was typed wrongly shows before anybody is asked anything.
        var fields = RefreshField.Parse(Fields);
        var filter = ArtifactFilter.Of(Type, NamePatterns.Of(Name));
        var targets = _targets.Resolve(store);
        using var session = UpstreamConnection.Open(store, pipeline, Token, MaxWaitSec);
        var unknown = new UnknownNames(Name, targets.Count);
        foreach (var target in targets)
        {
            var request = new RefreshRequest
            {
                Collection = target.Collection,
                Filter = filter.Among(target.Ids),
                Fields = fields,
                NameChangedFields = Fields.Length > 0,
                LockTimeout = TimeSpan.FromSeconds(LockTimeoutSec),
            };
            try
            {
                await RefreshAsync(new CollectionRefresher(store, session), request, unknown, pipeline, cancellationToken);
            }
            catch (SkillMeatException e) when (targets.Count > 1)
            {
                // The other collections are not to blame.
                pipeline.Error(ErrorRecords.Of(e, target.Collection));
            }
        }

        foreach (var (name, error) in unknown.Everywhere)
        {
            pipeline.Error(ErrorRecords.Of(error, name));
        }
    });

    private async Task RefreshAsync(CollectionRefresher refresher, RefreshRequest request, UnknownNames unknown, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (CheckOnly)
        {
            await CheckAsync(refresher, request, unknown, pipeline, cancellationToken);
            return;
        }

        var planned = await PlanAsync(refresher, request, pipeline, cancellationToken);
        unknown.Add(planned.Unknown);
        var declined = new List<string>();
        foreach (var entry in planned.Entries.Where(e => e.Status == RefreshStatus.Refreshed))
        {
            if (!await MayAsync(pipeline, $"{entry.ArtifactId} of collection '{entry.Collection}'", $"Set {entry.DescribeChanges()}"))
            {
                declined.Add(entry.ArtifactId);
            }
        }

        var result = await pipeline.AskAsync(IsWhatIf) ? planned.ToResult() : await refresher.ApplyAsync(planned.Without(declined), cancellationToken);
        Write(result, pipeline);
    }

    private static async Task<PlannedRefresh> PlanAsync(CollectionRefresher refresher, RefreshRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(pipeline, $"Asking upstream about {Describe(request)}", TimeProvider.System);
        return await refresher.PlanAsync(request, new CheckListener { Progressed = progress.Update }, cancellationToken);
    }

    private async Task CheckAsync(CollectionRefresher refresher, RefreshRequest request, UnknownNames unknown, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(pipeline, $"Checking {Describe(request)}", TimeProvider.System);
        var listener = new CheckListener
        {
            Progressed = progress.Update,
            Checked = check =>
            {
                if (!Summary)
                {
                    pipeline.Write(check);
                }

                if (check.ErrorId is { } errorId)
                {
                    pipeline.Error(ErrorRecords.Of(new SkillMeatException(errorId, $"{check.ArtifactId}: {check.Reason}"), check));
                }
            },
        };
        var result = await refresher.CheckAsync(request, listener, cancellationToken);
        unknown.Add(result.Unknown);
        foreach (var problem in result.Problems)
        {
            var message = $"Whether there are new artifacts can't be told: {problem.Message}";
            pipeline.Error(ErrorRecords.Of(new SkillMeatException(problem.ErrorId, message), result.Collection));
        }

        if (Summary)
        {
            pipeline.Write(result.Summary);
        }
    }

    private void Write(RefreshResult result, PipelineQueue pipeline)
    {
        foreach (var entry in result.Entries)
        {
            if (!Summary)
            {
                pipeline.Write(entry);
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
            pipeline.Verbose($"Snapshot {snapshot} is from before; Restore-SkmSnapshot -Collection '{result.Collection}' -Id {snapshot} goes back to it.");
        }
    }

    private static string Describe(RefreshRequest request) => request.Collection is { } name ? $"collection '{name}'" : "the active collection";
}

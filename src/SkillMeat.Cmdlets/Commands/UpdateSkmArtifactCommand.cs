using System.Management.Automation;
using System.Security;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Updates;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Brings artifacts up to date with upstream; local edits are merged. However many collections they are of, it is one plan and one transaction.</summary>
[Cmdlet(VerbsData.Update, "SkmArtifact", SupportsShouldProcess = true)]
[OutputType(typeof(UpdateEntry))]
public sealed class UpdateSkmArtifactCommand : ConfirmedCommand
{
    private readonly ArtifactTargets _targets = new();

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

    /// <summary>What becomes of local edits where upstream changed too.</summary>
    [Parameter]
    public UpdateStrategy Strategy { get; set; }

    /// <summary>What to take of files that both sides changed: <c>Upstream</c>, <c>Local</c>, or the folder in which they were merged.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResolutionCompleter))]
    public string? ResolveWith { get; set; }

    /// <summary>The tag, branch or commit to follow from now on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>Whether artifacts go that are gone upstream.</summary>
    [Parameter]
    public SwitchParameter RemoveDeleted { get; set; }

    /// <summary>Whether files go that exist only locally.</summary>
    [Parameter]
    public SwitchParameter Clean { get; set; }

    /// <summary>Whether no snapshot is made first.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshot { get; set; }

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
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var request = await ReadAsync(store, pipeline);
        if (request.Collections.Count == 0)
        {
            return;
        }

        using var session = UpstreamConnection.Open(store, pipeline, Token, MaxWaitSec);
        var updater = new ArtifactUpdater(store, session);
        using var planned = await PlanAsync(updater, request, pipeline, cancellationToken);
        var choices = await ChooseAsync(planned, request, pipeline);
        UpdateReport.Write(request.DryRun ? planned.ToResult() : await ApplyAsync(updater, planned.Choose(choices), pipeline, cancellationToken), pipeline);
    });

    private async Task<UpdateRequest> ReadAsync(CollectionStore store, PipelineQueue pipeline)
    {
        var filter = ArtifactFilter.Of(Type, NamePatterns.Of(Name));
        var targets = _targets.Resolve(store).Select(target => (Collection: target.Collection ?? store.ActiveCollection, target.Ids)).ToList();
        return new UpdateRequest
        {
            Collections = targets.ConvertAll(target => target.Collection),
            Filter = filter,
            CollectionFilters = targets.Where(target => target.Ids.Count > 0).ToDictionary(target => target.Collection, target => filter.Among(target.Ids)),
            Strategy = IsStrategyNamed() ? Strategy : ConfiguredIn(store, pipeline),
            ResolveWith = await pipeline.AskAsync(ReadResolution),
            Version = Version,
            RemoveDeleted = RemoveDeleted,
            Clean = Clean,
            SkipSnapshot = SkipSnapshot,
            DryRun = await pipeline.AskAsync(IsWhatIf),
            LockTimeout = TimeSpan.FromSeconds(LockTimeoutSec),
        };
    }

    private bool IsStrategyNamed() => MyInvocation.BoundParameters.ContainsKey(nameof(Strategy));

    private static UpdateStrategy ConfiguredIn(CollectionStore store, PipelineQueue pipeline)
    {
        // Whether anybody can be asked shows when somebody is.
        var configured = ConfiguredStrategy.Of(store, canAsk: true);
        if (configured.Warning is { } warning)
        {
            pipeline.Warn(warning);
        }

        return configured.Strategy;
    }

    private ConflictResolution? ReadResolution() => ResolveWith is null ? null
        : ConflictResolution.IsSide(ResolveWith) ? ConflictResolution.Parse(ResolveWith, HomePath)
        : ConflictResolution.Of(ResolvePath(ResolveWith, "what was merged is in a folder, or a file"));

    private static async Task<PlannedUpdate> PlanAsync(ArtifactUpdater updater, UpdateRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(pipeline, $"Asking upstream about {Describe(request)}", TimeProvider.System);
        return await updater.PlanAsync(request, new CheckListener { Progressed = progress.Update }, cancellationToken);
    }

    private static async Task<UpdateResult> ApplyAsync(ArtifactUpdater updater, PlannedUpdate planned, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(pipeline, "Updating", TimeProvider.System);
        return await updater.ApplyAsync(planned, cancellationToken);
    }

    private async Task<IReadOnlyList<KeyValuePair<UpdateEntry, UpdateStrategy>>> ChooseAsync(PlannedUpdate planned, UpdateRequest request, PipelineQueue pipeline)
    {
        var strategy = request.Strategy;
        if (strategy == UpdateStrategy.Prompt && !request.DryRun)
        {
            if (await new UpdateQuestions(pipeline, Host).AskAsync(planned.Entries) is { } answers)
            {
                return answers;
            }

            if (IsStrategyNamed())
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, "-Strategy Prompt asks about each artifact, and nobody can be asked here. Say TakeUpstream, KeepLocal or Merge.");
            }

            pipeline.Warn(ConfiguredStrategy.NobodyToAsk);
        }

        var declined = new List<KeyValuePair<UpdateEntry, UpdateStrategy>>();
        foreach (var entry in planned.Entries.Where(e => e.Status is UpdateStatus.Updated or UpdateStatus.Merged))
        {
            if (!await ConfirmAsync(pipeline, $"{entry.ArtifactId} of collection '{entry.Collection}'", entry.DescribeChanges()))
            {
                declined.Add(KeyValuePair.Create(entry, UpdateStrategy.KeepLocal));
            }
        }

        return declined;
    }

    private static string Describe(UpdateRequest request) => request.Collections is [var only] ? $"collection '{only}'" : $"{request.Collections.Count} collections";
}

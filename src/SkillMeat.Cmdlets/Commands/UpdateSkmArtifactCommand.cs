using System.Management.Automation;
using SkillMeat.Cache.Updates;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Updates;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Updates artifacts from upstream and merges local edits, in one plan and one transaction for all collections.</summary>
[Cmdlet(VerbsData.Update, "SkmArtifact", SupportsShouldProcess = true)]
[OutputType(typeof(UpdateEntry))]
public sealed class UpdateSkmArtifactCommand : ArtifactBatchCommand
{
    /// <summary>The repositories or folders that the artifacts come from, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[] Source { get; set; } = [];

    /// <summary>The strategy for artifacts that changed both locally and upstream.</summary>
    [Parameter]
    public UpdateStrategy Strategy { get; set; }

    /// <summary>The resolution of conflicting files: <c>Upstream</c>, <c>Local</c>, or the folder that holds the merged files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResolutionCompleter))]
    public string? ResolveWith { get; set; }

    /// <summary>The tag, branch or commit to follow from now on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>Whether to remove artifacts that were deleted upstream.</summary>
    [Parameter]
    public SwitchParameter RemoveDeleted { get; set; }

    /// <summary>Whether to remove files that exist only locally.</summary>
    [Parameter]
    public SwitchParameter Clean { get; set; }

    /// <summary>Whether to take no snapshot first.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshot { get; set; }

    /// <summary>Whether to proceed without confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool TakesCollections => false;

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var request = await ReadAsync(store, pipeline);
        if (request.Collections.Count == 0)
        {
            return;
        }

        using var session = OpenUpstream(store, pipeline);
        var updater = new ArtifactUpdater(store, session);
        using var planned = await PlanAsync(updater, request, pipeline, cancellationToken);
        var choices = await ChooseAsync(planned, request, pipeline);
        using var cache = OpenCache(store, pipeline);
        UpdateReport.Write(request.DryRun ? planned.ToResult() : await ApplyAsync(updater, planned.Choose(choices), pipeline, cancellationToken), pipeline);
        await new UpstreamStates(cache).RecordUpdateAsync(planned, session, cancellationToken);
    });

    private async Task<UpdateRequest> ReadAsync(CollectionStore store, PipelineQueue pipeline)
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var resolved = Targets.Resolve(store, filter, new GroupFilter(Group, pipeline));
        var readable = FindReadable(store, resolved.Select(target => target.Collection), pipeline).ToDictionary(one => one.Name, StringComparer.Ordinal);
        var sources = await pipeline.AskAsync(() => SourceTargets.Of(Source, SessionState));
        var targets = resolved.Where(target => readable.ContainsKey(target.Collection)).Select(target => (target.Collection, Filter: sources.Narrow(target.Filter, readable[target.Collection]))).ToList();
        sources.ReportUnknown(pipeline);
        return new UpdateRequest
        {
            Collections = targets.ConvertAll(target => target.Collection),
            Filter = filter,
            CollectionFilters = targets.ToDictionary(target => target.Collection, target => target.Filter),
            Strategy = IsStrategyNamed() ? Strategy : ConfiguredIn(store, pipeline),
            ResolveWith = await pipeline.AskAsync(ReadResolution),
            Version = Version,
            RemoveDeleted = RemoveDeleted,
            Clean = Clean,
            SkipSnapshot = SkipSnapshot,
            DryRun = await pipeline.AskAsync(IsWhatIf),
            LockTimeout = LockTimeout,
        };
    }

    /// <summary>Finds the collections that can be read, so that another one does not keep them from being updated.</summary>
    private static List<Collection> FindReadable(CollectionStore store, IEnumerable<string> collections, PipelineQueue pipeline)
    {
        var readable = new List<Collection>();
        foreach (var collection in collections)
        {
            try
            {
                readable.Add(store.Read(collection));
            }
            catch (SkillMeatException e)
            {
                pipeline.Error(ErrorRecords.Of(e, collection));
            }
        }

        return readable;
    }

    private bool IsStrategyNamed() => MyInvocation.BoundParameters.ContainsKey(nameof(Strategy));

    private static UpdateStrategy ConfiguredIn(CollectionStore store, PipelineQueue pipeline)
    {
        // Only the first prompt shows whether the host can prompt.
        var configured = ConfiguredStrategy.Of(store, canAsk: true);
        if (configured.Warning is { } warning)
        {
            pipeline.Warn(warning);
        }

        return configured.Strategy;
    }

    private ConflictResolution? ReadResolution() => ResolveWith is null ? null
        : ConflictResolution.IsSide(ResolveWith) ? ConflictResolution.Parse(ResolveWith, HomePath)
        : ConflictResolution.Of(ResolvePath(ResolveWith, "the merged files must be in a folder, or a file"));

    private static async Task<PlannedUpdate> PlanAsync(ArtifactUpdater updater, UpdateRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = ShowProgress(pipeline, $"Contacting upstream for {Describe(request)}");
        return await updater.PlanAsync(request, new CheckListener { Progressed = progress.Update }, cancellationToken);
    }

    private static async Task<UpdateResult> ApplyAsync(ArtifactUpdater updater, PlannedUpdate planned, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = ShowProgress(pipeline, "Updating");
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
                throw new SkillMeatException(ErrorIds.InvalidArgument, "-Strategy Prompt asks about each artifact, and PowerShell cannot prompt here. Use TakeUpstream, KeepLocal or Merge.");
            }

            pipeline.Warn(ConfiguredStrategy.NobodyToAsk);
        }

        var declined = new List<KeyValuePair<UpdateEntry, UpdateStrategy>>();
        foreach (var entry in planned.Entries.Where(e => e.ChangesArtifact()))
        {
            if (!await ConfirmAsync(pipeline, $"{entry.ArtifactId} of collection '{entry.Collection}'", ShortText.CutParts(entry.DescribeChanges())))
            {
                declined.Add(KeyValuePair.Create(entry, UpdateStrategy.KeepLocal));
            }
        }

        return declined;
    }

    private static string Describe(UpdateRequest request) => request.Collections is [var only] ? $"collection '{only}'" : $"{request.Collections.Count} collections";
}

using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Errors;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.Problems;
using SkillMeat.Server.Refresh;
using SkillMeat.Updates;

namespace SkillMeat.Server.Artifacts;

/// <summary>The long work on artifacts.</summary>
internal sealed class ArtifactJobs(ServedHome home)
{
    /// <summary>Adds artifacts.</summary>
    public async Task<IEnumerable<AddJson>> AddAsync(Job job, AddSources sources)
    {
        using var session = home.OpenUpstream();
        job.Report(0, 0, "Listing");
        var browser = new ArtifactBrowser(home.Store, session);
        var additions = sources.IsAll ? await browser.SelectAsync(sources.ToBrowseRequest(sources.Specs), [], job.Cancellation) : await ChooseAsync(browser, sources, job.Cancellation);
        job.Report(0, additions.Count, "Fetching");
        var request = new AddRequest
        {
            Artifacts = additions,
            KeepGoing = sources.KeepsGoing,
            Collection = sources.Collection,
            Group = sources.Group,
            BaseFolder = sources.BaseFolder,
            LockTimeout = home.LockTimeout,
        };
        var entries = additions.Count == 0 ? [] : await new ArtifactAdder(home.Store, session).AddAsync(request, job.Cancellation);
        home.Events.Look();
        return [.. entries.Select(AddJson.Of)];
    }

    /// <summary>Lists what could be added.</summary>
    public async Task<IEnumerable<UpstreamArtifactJson>> PreviewAsync(Job job, AddSources sources)
    {
        using var session = home.OpenUpstream();
        job.Report(0, 0, "Listing");
        var browsed = await new ArtifactBrowser(home.Store, session).BrowseEachAsync(sources.ToBrowseRequest(sources.Specs), job.Cancellation);
        if (browsed.Select(source => source.Problem).FirstOrDefault(problem => problem is not null) is { } problem) throw problem;
        return [.. browsed.SelectMany(source => source.Artifacts).Distinct().Select(UpstreamArtifactJson.Of)];
    }

    /// <summary>Updates an artifact, or says what an update would do.</summary>
    public async Task<IEnumerable<UpdateJson>> UpdateAsync(Job job, UpdateRequest request) => [.. (await RunAsync(job, request)).Select(UpdateJson.Of)];

    /// <summary>Finishes an update with files that a person resolved.</summary>
    /// <exception cref="SkillMeatException">It cannot be finished, and nothing was changed.</exception>
    public async Task<IEnumerable<UpdateJson>> ResolveAsync(Job job, UpdateRequest request)
    {
        var entries = await RunAsync(job, request);
        return entries switch
        {
            [{ Status: UpdateStatus.Conflict } one] => throw new ServiceException(409, ServiceErrorIds.Conflict, $"Nothing was changed. {one.Reason}") { Conflicts = [.. one.Conflicts.Select(FileConflictJson.Of)] },
            [{ ErrorId: { } error } one] => throw new SkillMeatException(error, one.Reason ?? "The update cannot be finished, so nothing was changed."),
            [var one] when !one.ChangesArtifact() => throw new ServiceException(409, ServiceErrorIds.Conflict, $"{one.ArtifactId} has no update with conflicts any more, so nothing was changed. {one.Reason}".TrimEnd()),
            _ => [.. entries.Select(UpdateJson.Of)],
        };
    }

    private async Task<IReadOnlyList<UpdateEntry>> RunAsync(Job job, UpdateRequest request)
    {
        using var session = home.OpenUpstream();
        var updater = new ArtifactUpdater(home.Store, session);
        using var planned = await updater.PlanAsync(request, JobProgress.Listen(job), job.Cancellation);
        try
        {
            var result = request.DryRun ? planned.ToResult() : await updater.ApplyAsync(planned, job.Cancellation);
            await new UpstreamRecord(home).KeepAsync(job, !request.DryRun, (states, cancellationToken) => states.RecordUpdateAsync(planned, session, cancellationToken));
            return result.Entries;
        }
        finally
        {
            home.Events.Look();
        }
    }

    private async Task<IReadOnlyList<ArtifactAddition>> ChooseAsync(ArtifactBrowser browser, AddSources sources, CancellationToken cancellationToken)
    {
        var specs = sources.Name is not null ? [] : sources.Specs.Distinct(StringComparer.Ordinal).ToList();
        var several = specs.Where(spec => browser.MayContainSeveral(spec, sources.BaseFolder)).ToHashSet(StringComparer.Ordinal);
        var taken = home.Collections.Read(sources.Collection).Artifacts.Select(artifact => artifact.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A preview gives one whose name is taken another name, under which it is added.
        var listed = specs.Where(spec => several.Contains(spec) || taken.Contains(AddSources.NameOf(spec))).ToList();
        var browsed = listed.Count == 0 ? [] : await browser.BrowseEachAsync(sources.ToBrowseRequest(listed), cancellationToken);
        var selection = new SourceSelection(sources.Types);
        var chosen = browsed.Where(source => several.Contains(source.Source)).ToDictionary(source => source.Source, source => selection.Decide(source) ?? throw NeedsChoice(source), StringComparer.Ordinal);
        var single = browsed.Where(source => source is { Problem: null, Artifacts.Count: 1 } && !several.Contains(source.Source)).ToDictionary(source => source.Source, source => source.Artifacts[0]);
        return [.. sources.Specs.SelectMany(spec => chosen.TryGetValue(spec, out var some) ? some
            : single.TryGetValue(spec, out var one) ? [new ArtifactAddition(spec) { Type = one.Type, Name = one.Name, IsNameSuggested = true, IsPresent = one.State != UpstreamArtifactState.New }]
            : [new ArtifactAddition(spec) { Type = sources.Types is [var only] ? only.Name : null, Name = sources.Name }])];
    }

    private static SkillMeatException NeedsChoice(BrowsedSource source) => new(
        ErrorIds.InvalidArgument, $"{source.Source} contains {SourceSelection.Names(source.Artifacts)}. Send \"all\": true, or the spec of each one that you want: a preview lists them.");
}

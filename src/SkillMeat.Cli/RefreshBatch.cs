using SkillMeat.Cache.Updates;
using SkillMeat.Checks;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Upstream;

namespace SkillMeat.Cli;

/// <summary>The refresh or check of one or more collections. An error of one collection does not end the others.</summary>
internal sealed class RefreshBatch(CommandRun run, CollectionRefresher refresher, RefreshRequest request, IReadOnlyList<string> collections)
{
    private readonly UnknownArtifacts _unknown = new();
    private bool _hasFailed;

    /// <summary>Whether JSON is a list even for one collection.</summary>
    public bool IsList { get; init; }

    /// <summary>Restricts the filter for a collection; null for no restriction.</summary>
    public Func<string, ArtifactFilter, ArtifactFilter>? Narrow { get; init; }

    /// <summary>Whether tables show when tags were imported.</summary>
    public bool ShowsMetadata { get; init; }

    /// <summary>Keeps what upstream said. The output does not wait for it.</summary>
    public required UpstreamStates States { get; init; }

    /// <summary>The connection to upstream.</summary>
    public required UpstreamSession Session { get; init; }

    /// <summary>Checks a collection together with copies in projects; null to check the collection alone.</summary>
    public Func<RefreshRequest, CancellationToken, Task<UpdateCheckResult>>? CheckProjectsAsync { get; init; }

    public async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        var results = await EachAsync(
            async one =>
            {
                var result = await (CheckProjectsAsync?.Invoke(one, cancellationToken) ?? refresher.CheckAsync(one, cancellationToken: cancellationToken));
                _unknown.Add(one.Filter, result.Unknown);
                return result;
            });
        CheckOutput.Write(run, results, request, ShowsMetadata);
        var hasFailed = HasFailed();
        foreach (var result in results) await States.RecordCheckAsync(result, Session, cancellationToken);
        return hasFailed || results.Any(result => result.HasErrors) ? ExitCode.Error : results.Any(result => result.HasUpdates) ? ExitCode.UpdatesAvailable : ExitCode.Success;
    }

    public async Task<int> RefreshAsync(CancellationToken cancellationToken)
    {
        var results = await EachAsync(
            async one =>
            {
                var planned = await refresher.PlanAsync(one, listener: null, cancellationToken);
                _unknown.Add(one.Filter, planned.Unknown);
                return (Planned: planned, Result: one.DryRun ? planned.ToResult() : await refresher.ApplyAsync(planned, cancellationToken));
            });
        RefreshOutput.Write(run, results.ConvertAll(one => one.Result), request, IsList, ShowsMetadata);
        var hasFailed = HasFailed();
        foreach (var (planned, _) in results) await States.RecordRefreshAsync(planned, Session, cancellationToken);
        return hasFailed || results.Any(one => one.Result.Summary.ErrorCount > 0) ? ExitCode.Error : ExitCode.Success;
    }

    private async Task<List<T>> EachAsync<T>(Func<RefreshRequest, Task<T>> work)
    {
        var results = new List<T>();
        using var progress = run.ShowProgress("Contacting upstream…");
        foreach (var collection in collections)
        {
            try
            {
                results.Add(await work(request with { Collection = collection, Filter = Narrow?.Invoke(collection, request.Filter) ?? request.Filter }));
            }
            catch (SkillMeatException e) when (collections.Count > 1)
            {
                _hasFailed = true;
                run.Error(e);
            }
        }

        return results;
    }

    /// <summary>Reports the names that no collection has, and returns whether there are any, or a collection failed.</summary>
    private bool HasFailed()
    {
        var missing = _unknown.Everywhere;
        foreach (var (_, error) in missing)
        {
            run.Error(error);
        }

        return _hasFailed || missing.Count > 0;
    }
}

using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Updates;

/// <summary>Checks all collections for changes upstream, and keeps the result: the versions of what changed, and the numbers of commits, too.</summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
public sealed class UpstreamCheck
{
    private readonly HomeCache _cache;
    private readonly UpstreamSession _session;

    /// <summary>Creates a check of a home.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <param name="session">The connection to upstream.</param>
    public UpstreamCheck(HomeCache cache, UpstreamSession session)
    {
        _cache = cache;
        _session = session;
    }

    /// <summary>Checks artifacts.</summary>
    /// <param name="types">The types; empty for all.</param>
    /// <param name="progressed">Called with the progress for each collection; null for none.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>The errors of collections and artifacts that could not be checked. What was known of them stays.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a type is unknown.</exception>
    public async Task<IReadOnlyList<UpstreamProblem>> RunAsync(IReadOnlyList<string> types, Action<UpstreamProgress>? progressed = null, CancellationToken cancellationToken = default)
    {
        var filter = ArtifactFilter.Parse([.. types], []);
        var problems = new List<UpstreamProblem>();
        foreach (var name in _cache.Store.ListNames())
        {
            try
            {
                problems.AddRange(await CheckAsync(name, filter, progressed, cancellationToken).ConfigureAwait(false));
            }
            catch (SkillMeatException e) when (e is not StorageException)
            {
                problems.Add(new UpstreamProblem(e.ErrorId, e.Message));
            }
        }

        return problems;
    }

    private async Task<IEnumerable<UpstreamProblem>> CheckAsync(string name, ArtifactFilter filter, Action<UpstreamProgress>? progressed, CancellationToken cancellationToken)
    {
        var request = new RefreshRequest { Collection = name, Filter = filter, FindsNew = false };
        var result = await new CollectionRefresher(_cache.Store, _session).CheckAsync(request, new CheckListener { Progressed = progressed ?? (_ => { }) }, cancellationToken).ConfigureAwait(false);
        var facts = await new UpstreamFactsReader(_cache, _session).ReadAsync(_cache.Store.Read(name), result.Checks, cancellationToken).ConfigureAwait(false);
        new UpstreamStates(_cache).Record(result, facts, keepsInMemory: true, cancellationToken);
        // One message for a repository that does not answer, not one for each of its artifacts.
        return result.Checks.Where(check => check.ErrorId is not null).Select(check => new UpstreamProblem(check.ErrorId!, check.Reason ?? "It could not be checked.")).Distinct();
    }
}

using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Projects.Adoption.Origins;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption;

/// <summary>
/// Adopts artifacts that lie in projects without a record, or with one of an artifact that the home does not have: takes them into a collection, with their origin where other programs recorded it, and makes the copies deployments.
/// The copies stay as they are, to the byte.
/// Collection and records change in one transaction.
/// </summary>
/// <remarks>Thread-safe, and safe for several processes and several homes.</remarks>
public sealed class ArtifactAdopter
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;
    private readonly UpstreamSession? _session;

    /// <summary>Creates an adopter for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    /// <param name="session">The session that queries upstream, to find the commit from which files were fetched; null to query nobody.</param>
    public ArtifactAdopter(CollectionStore store, Func<string, string?>? environment = null, UpstreamSession? session = null)
    {
        _store = store;
        _session = session;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Adopts artifacts, or for a dry run only plans it.</summary>
    /// <param name="request">The projects and artifacts.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>The artifacts that no record of this home named, and warnings of records of other programs that cannot be read.</returns>
    /// <exception cref="SkillMeatException">
    /// The collection, a project, a profile or a named artifact cannot be found. Nothing was changed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process changes the collection or a project. Nothing was changed.</exception>
    /// <exception cref="StorageException">A file cannot be read or written. Nothing was changed.</exception>
    public async Task<AdoptResult> AdoptAsync(AdoptRequest request, CancellationToken cancellationToken = default)
    {
        var name = request.Collection ?? _store.ActiveCollection;
        _store.CheckExists(name);
        var scopes = AdoptionScope.Find(request, _store, _user);
        var answers = await AskAsync(name, scopes, request, cancellationToken).ConfigureAwait(false);
        if (request.DryRun) return ConcurrentChanges.Retry(() => Plan(name, scopes, request, answers, cancellationToken).Result, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            // Refused before anything is locked, and without anything to adopt no project is touched.
            var warnings = answers.Warnings.ToList();
            var origins = new OriginFinder(_store, _user, warnings);
            var candidates = FindCandidates(scopes, request, origins, cancellationToken);
            var folders = FindFolders(candidates);
            // The same candidates, because a plan of what another search finds would be reported and not written.
            if (candidates.TrueForAll(candidate => candidate.Refusal is not null))
            {
                return ConcurrentChanges.Retry(() => Plan(name, candidates, request, origins, warnings, answers, cancellationToken).Result, cancellationToken);
            }

            string[] locks = [CollectionStore.LockNameOf(name), .. scopes.SelectMany(scope => scope.Site.LockNames).Distinct(StringComparer.Ordinal)];
            AdoptResult? result;
            using (var held = await _store.Storage.LockAsync(locks, folders, request.LockTimeout, cancellationToken).ConfigureAwait(false))
            {
                result = ConcurrentChanges.Retry(() => TryApply(name, scopes, request, answers, held, cancellationToken), cancellationToken);
            }

            if (result is not null)
            {
                await new ObjectCleanup(_store).CollectIfDueAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }

            if (attempt >= ConcurrentChanges.MaxAttempts) throw new StorageException(ErrorIds.ConcurrentChange, _store.Home, "other programs changed the folders again and again; nothing was changed, try again");
        }
    }

    /// <summary>Lists what could be adopted, without reading or writing any of it.</summary>
    /// <param name="request">The projects and artifacts.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The artifacts, as <c>type:name</c>, each once.</returns>
    /// <exception cref="SkillMeatException">A project, a profile or a named artifact cannot be found.</exception>
    public IReadOnlyList<string> List(AdoptRequest request, CancellationToken cancellationToken = default) =>
    [
        .. FindCandidates(AdoptionScope.Find(request, _store, _user), request, new OriginFinder(_store, _user, []), cancellationToken)
            .Where(candidate => candidate.Refusal is null).Select(candidate => candidate.Artifact.ToString()).Distinct(StringComparer.Ordinal),
    ];

    // Null if a folder is not locked, because something appeared meanwhile.
    private AdoptResult? TryApply(string collection, IReadOnlyList<AdoptionScope> scopes, AdoptRequest request, UpstreamAnswers answers, HomeLock held, CancellationToken cancellationToken)
    {
        var warnings = answers.Warnings.ToList();
        var origins = new OriginFinder(_store, _user, warnings);
        var candidates = FindCandidates(scopes, request, origins, cancellationToken);
        if (!FindFolders(candidates).All(held.HasFolder)) return null;
        using var plan = new AdoptionPlan(_store, _store.Objects, collection, origins, answers, request with { DryRun = false }, cancellationToken);
        plan.Add(candidates);
        var results = plan.Results;
        if (plan.HasChanges)
        {
            var (_, more) = new CollectionChanger(_store).Commit(held, plan.MakeCollectionChange() is { } change ? [change] : [], cancellationToken, plan.AddProjectsTo);
            warnings.AddRange(more);
        }

        return new AdoptResult([.. results], TextValues.Of(warnings.Distinct(StringComparer.Ordinal)));
    }

    // Places are known from a plan.
    private async Task<UpstreamAnswers> AskAsync(string collection, IReadOnlyList<AdoptionScope> scopes, AdoptRequest request, CancellationToken cancellationToken)
    {
        if (_session is null) return UpstreamAnswers.None;
        var (_, places) = ConcurrentChanges.Retry(() => Plan(collection, scopes, request with { Planned = null }, UpstreamAnswers.None, cancellationToken), cancellationToken);
        return await UpstreamAnswers.AskAsync(_session, places, cancellationToken).ConfigureAwait(false);
    }

    private (AdoptResult Result, IReadOnlyList<(SourceSpec Source, RefSpec Follows, ArtifactType Type)> Places) Plan(
        string collection, IReadOnlyList<AdoptionScope> scopes, AdoptRequest request, UpstreamAnswers answers, CancellationToken cancellationToken)
    {
        var warnings = answers.Warnings.ToList();
        var origins = new OriginFinder(_store, _user, warnings);
        return Plan(collection, FindCandidates(scopes, request, origins, cancellationToken), request, origins, warnings, answers, cancellationToken);
    }

    private (AdoptResult Result, IReadOnlyList<(SourceSpec Source, RefSpec Follows, ArtifactType Type)> Places) Plan(
        string collection, IReadOnlyList<AdoptionCandidate> candidates, AdoptRequest request, OriginFinder origins, List<string> warnings, UpstreamAnswers answers, CancellationToken cancellationToken)
    {
        using var scratch = new TemporaryFolder(Path.GetTempPath(), _ => { });
        using var plan = new AdoptionPlan(_store, new ObjectStore(scratch.Path, _store.Random, faults: null, _store.Home), collection, origins, answers, request, cancellationToken);
        plan.Add(candidates);
        return (new AdoptResult([.. plan.Results], TextValues.Of(warnings.Distinct(StringComparer.Ordinal))), plan.Places);
    }

    private List<AdoptionCandidate> FindCandidates(IReadOnlyList<AdoptionScope> scopes, AdoptRequest request, OriginFinder origins, CancellationToken cancellationToken)
    {
        var all = new List<AdoptionCandidate>();
        foreach (var scope in scopes)
        {
            var finder = new CandidateFinder(_store, scope.Site, _user, scope.Filter);
            cancellationToken.ThrowIfCancellationRequested();
            var found = finder.Find(origins.Warn).Concat(request.SkipPlugins ? [] : finder.FindOfPlugins(origins));
            all.AddRange(scope.Selections is null ? found : found.Where(scope.Includes));
        }

        all = [.. all.DistinctBy(one => (one.Site, one.Artifact, one.Path, one.Record?.Profile))];
        var sites = scopes.Select(scope => scope.Site).Distinct().ToList();
        var unknown = request.Names.FirstOrDefault(name => name.IsLiteral && !all.Exists(one => name.Matches(one.Artifact)) && !sites.Exists(site => IsRecorded(name, site)));
        if (unknown is not null)
        {
            throw new DeploymentNotFoundException($"Nothing to adopt is called '{unknown.Text}' in {string.Join(", ", sites.Select(site => $"'{site.Folder}'"))}.");
        }

        return all;
    }

    private bool IsRecorded(NamePattern name, ProjectSite site) => new ProjectRecords(site, _store).ReadAll().Any(one => name.Matches(one.Record.Artifact));

    // The collection alone needs none, but a change of it is made under the same locks.
    private List<string> FindFolders(IReadOnlyList<AdoptionCandidate> candidates)
    {
        var outside = new OutsideFolders(_store.Home);
        return [.. candidates.Where(candidate => candidate.Refusal is null && candidate.Target is not null).Select(candidate => outside.Find(candidate.Site, candidate.Target!.RecordsPath).Folder).Distinct(StringComparer.Ordinal)];
    }
}

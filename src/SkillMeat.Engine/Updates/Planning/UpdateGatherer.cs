using SkillMeat.Artifacts;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Updates.Planning;

/// <summary>
/// Gathers the input of an update before anything is locked: one round of questions for each collection, then one download for each repository and commit. A merge base is
/// downloaded only if it is not found in the home.
/// </summary>
internal sealed class UpdateGatherer(CollectionStore store, UpstreamSession session, ObjectStore objects, UpdateRequest request)
{
    /// <summary>The checks of artifacts that were made already, by collection; a collection without them is checked.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ArtifactCheck>> Known { get; init; } = new Dictionary<string, IReadOnlyList<ArtifactCheck>>();

    /// <summary>Gathers the input for all collections.</summary>
    /// <param name="collections">The collections as they were read.</param>
    /// <param name="listener">The listener for the checks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>An input for each requested artifact, by collection.</returns>
    /// <exception cref="StorageException">The fetched or the local files cannot be stored.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>>> GatherAsync(IReadOnlyList<Collection> collections, CheckListener listener, CancellationToken cancellationToken)
    {
        var gathered = new Dictionary<string, IReadOnlyList<UpdateInput>>(StringComparer.Ordinal);
        foreach (var collection in collections) gathered.Add(collection.Name, await CheckAsync(collection, [], listener, cancellationToken).ConfigureAwait(false));
        await FetchUpstreamAsync(collections, gathered, cancellationToken).ConfigureAwait(false);
        // Where an artifact may lie deeper in its folder now is known from the content, so it costs nothing if none does.
        var doubtful = collections.Where(collection => gathered[collection.Name].Any(HasLostManifest)).ToList();
        foreach (var collection in doubtful)
        {
            var lost = gathered[collection.Name].Where(HasLostManifest).Select(input => input.Tracked.Artifact.Id).ToHashSet();
            gathered[collection.Name] = await CheckAsync(collection, lost, CheckListener.Silent, cancellationToken).ConfigureAwait(false);
        }

        await FetchUpstreamAsync(doubtful, gathered, cancellationToken).ConfigureAwait(false);

        var finders = collections.ToDictionary(collection => collection.Name, collection => new BaseFinder(store, objects, collection.Name, Scan(collection, cancellationToken)));
        foreach (var collection in collections)
        {
            gathered[collection.Name] = [.. gathered[collection.Name].Select(input => input.HasUpdate ? input with { Base = finders[collection.Name].Find(input.Tracked.Artifact) } : input)];
        }

        return await FetchBasesAsync(gathered, finders, cancellationToken).ConfigureAwait(false);
    }

    private async Task FetchUpstreamAsync(IReadOnlyList<Collection> collections, Dictionary<string, IReadOnlyList<UpdateInput>> gathered, CancellationToken cancellationToken)
    {
        var fetched = await FetchAsync(collections.SelectMany(collection => gathered[collection.Name]), NewCommitOf, input => input.Source!.Path, cancellationToken).ConfigureAwait(false);
        foreach (var collection in collections) gathered[collection.Name] = [.. gathered[collection.Name].Select(input => WithUpstream(input, fetched))];
    }

    private bool HasLostManifest(UpdateInput input) =>
        input is { Check.ChangeType: ChangeType.Updated, Upstream: { Kind: TreeEntryKind.Folder } upstream, Tracked.Artifact.Id.Type: { IsFolder: true } type }
        && new ArtifactContent(objects, upstream).FindManifest(type) is null;

    private async Task<IReadOnlyList<UpdateInput>> CheckAsync(Collection collection, HashSet<ArtifactId> lost, CheckListener listener, CancellationToken cancellationToken)
    {
        var context = session.ContextFor(collection.Folder);
        var filter = request.FilterOf(collection.Name);
        var tracked = collection.Artifacts.Select(artifact => TrackedArtifact.From(artifact, context)).ToList();
        if (request.Version is { } version)
        {
            tracked = tracked.ConvertAll(one => filter.Matches(one.Artifact.Id) ? one with { Follows = RefSpec.Parse(version) } : one);
        }

        var checks = lost.Count == 0 && Known.TryGetValue(collection.Name, out var known)
            ? known.Where(check => filter.Matches(check.Id))
            : (await Checker().CheckAsync(collection, tracked, filter, listener, cancellationToken).ConfigureAwait(false)).Checks;
        var byId = checks.ToDictionary(check => check.Id);
        var followed = collection.Artifacts.ToDictionary(artifact => artifact.Id, artifact => artifact.Upstream);
        return [.. tracked.Where(one => byId.ContainsKey(one.Artifact.Id)).Select(one => MakeInput(one, byId[one.Artifact.Id], context, collection.Folder) with
        {
            Followed = byId[one.Artifact.Id].ChangeType == ChangeType.Moved ? followed : null,
        })];

        UpdateChecker Checker() => new(session.Provider, new LocalFiles(collection.Folder), session.GitHubServer, fields: null, findsNew: false) { Lost = lost };
    }

    private static UpdateInput MakeInput(TrackedArtifact tracked, ArtifactCheck check, SourceContext context, string folder)
    {
        if (tracked.Source is not { } source) return new UpdateInput(tracked, check);
        var repository = check.NewRepository is { } renamed ? SourceSpec.Parse(renamed, context).Repository : source.Repository;
        return new UpdateInput(tracked, check)
        {
            Source = source with { Repository = repository, Path = check.NewPath ?? source.Path },
            IsMissing = check.ChangeType == ChangeType.UpToDate && !Disk.HasEntry(Path.Combine(folder, tracked.Artifact.Path)),
        };
    }

    // The commit to fetch an artifact at, empty for a folder upstream; null if nothing is to be fetched.
    private static string? NewCommitOf(UpdateInput input) => !input.HasUpdate ? null : input.Source!.Repository.Kind == RepositoryKind.Folder ? "" : input.Check.NewSha;

    private static string? OldCommitOf(UpdateInput input) =>
        input is { HasUpdate: true, Base: null, Error: null } && input.Source!.Repository.Kind != RepositoryKind.Folder ? input.Tracked.BaseCommit : null;

    private async Task<IReadOnlyDictionary<(RepositoryAddress Repository, string Commit, string Path), FetchedPath>> FetchAsync(
        IEnumerable<UpdateInput> inputs, Func<UpdateInput, string?> commitOf, Func<UpdateInput, string> pathOf, CancellationToken cancellationToken)
    {
        var questions = inputs.Where(input => commitOf(input) is not null)
            .GroupBy(input => (input.Source!.Repository, Commit: commitOf(input)!))
            .Select(group => new ContentQuestion(group.Key.Repository, group.Key.Commit, [.. group.Select(pathOf).Distinct(StringComparer.Ordinal)]))
            .ToList();
        var answers = questions.Count == 0 ? [] : await session.Contents.FetchAsync(questions, objects, cancellationToken).ConfigureAwait(false);
        var fetched = new Dictionary<(RepositoryAddress, string, string), FetchedPath>();
        foreach (var answer in answers)
        {
            foreach (var path in answer.Question.Paths.Select((path, i) => answer.Error is { } error ? new FetchedPath(path, Entry: null, error) : answer.Paths[i]))
            {
                // The error is in the home, not upstream, so the other artifacts would fail too.
                if (path.Error is StorageException refusal && objects.IsInHome(refusal.Path)) throw refusal;
                fetched[(answer.Question.Repository, answer.Question.Commit, path.Path)] = path;
            }
        }

        return fetched;
    }

    private UpdateInput WithUpstream(UpdateInput input, IReadOnlyDictionary<(RepositoryAddress Repository, string Commit, string Path), FetchedPath> fetched)
    {
        if (NewCommitOf(input) is not { } commit) return input;
        var found = fetched[(input.Source!.Repository, commit, input.Source.Path)];
        var type = input.Tracked.Artifact.Id.Type;
        if (found.Entry is { } entry)
        {
            return input with
            {
                Upstream = SettingsFile.AsFolder(objects, type, entry),
                Warnings = [.. found.Warnings, .. SettingsFile.FindWarnings(objects, type, entry, input.Source.Name)],
                Links = found.Links,
            };
        }

        return input with
        {
            Error = found.Error ?? new SkillMeatException(ErrorIds.UpstreamNotFound, $"'{input.Source.Path}' is not in {input.Source.Repository} any more, or holds no files."),
        };
    }

    private ObjectId Scan(Collection collection, CancellationToken cancellationToken) => new SnapshotGuard(!request.SkipSnapshot && !request.DryRun)
        .Run(collection.Name, () => objects.Store(collection.Folder, store.Time, cancellationToken)).Scan.Id;

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>>> FetchBasesAsync(
        Dictionary<string, IReadOnlyList<UpdateInput>> gathered, Dictionary<string, BaseFinder> finders, CancellationToken cancellationToken)
    {
        // The manifest has the path of an artifact before it moved.
        var fetched = await FetchAsync(gathered.Values.SelectMany(inputs => inputs), OldCommitOf, input => input.Tracked.Source!.Path, cancellationToken).ConfigureAwait(false);
        if (fetched.Count == 0) return gathered;
        return gathered.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<UpdateInput>)[.. pair.Value.Select(input => WithBase(input, finders[pair.Key]))]);

        // A content whose hash differs is still the base: Python SkillMeat left files out of some copies.
        UpdateInput WithBase(UpdateInput input, BaseFinder finder)
        {
            if (OldCommitOf(input) is not { } commit || !fetched.TryGetValue((input.Source!.Repository, commit, input.Tracked.Source!.Path), out var found) || found.Entry is null) return input;
            var entry = SettingsFile.AsFolder(objects, input.Tracked.Artifact.Id.Type, found.Entry);
            return finder.HashOf(entry) is not null ? input with { Base = entry } : input;
        }
    }
}

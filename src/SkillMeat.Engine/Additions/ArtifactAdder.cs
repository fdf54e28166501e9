using SkillMeat.Baselines;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;

namespace SkillMeat.Additions;

/// <summary>Adds artifacts to a collection: any number in one transaction, with one download for each repository and commit. What is no artifact is refused before anything is written.</summary>
/// <remarks>Safe from several threads and processes. Upstream is asked and contents are fetched without a lock.</remarks>
public sealed class ArtifactAdder
{
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;

    /// <summary>Works on the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="session">What asks upstream.</param>
    public ArtifactAdder(CollectionStore store, UpstreamSession session)
    {
        _store = store;
        _session = session;
    }

    /// <summary>Adds artifacts, all of them or none.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Stops the work and leaves the collection as it was.</param>
    /// <returns>What became of each, in the request's order.</returns>
    /// <exception cref="SkillMeatException">The collection can't be found or read.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written; nothing was changed.</exception>
    public async Task<IReadOnlyList<AddEntry>> AddAsync(AddRequest request, CancellationToken cancellationToken = default)
    {
        var name = request.Collection ?? _store.ActiveCollection;
        _store.CheckExists(name);
        var preparer = new AdditionPreparer(_session, _store.Objects, request.BaseFolder);
        var prepared = await PrepareAsync(preparer, request.Artifacts, cancellationToken).ConfigureAwait(false);
        var entries = request.Artifacts.Select((addition, i) => Describe(addition.Spec, name, prepared[i].Prepared, prepared[i].Error)).ToList();
        if (entries.Exists(entry => entry.Status == AddStatus.Error)) return NoneOf(entries);
        _session.SaveCaches();
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], request.LockTimeout, cancellationToken).ConfigureAwait(false);
        try
        {
            return Write();
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.ObjectMissing)
        {
            // Somebody cleaned up before anything named what was fetched; under the lock nobody does.
            prepared = await preparer.PrepareAsync(request.Artifacts, cancellationToken).ConfigureAwait(false);
            if (prepared.Select(one => one.Error).FirstOrDefault(error => error is not null) is { } error) throw error;
            return Write();
        }

        List<AddEntry> Write() => ConcurrentChanges.Retry(() => WriteOnce(held, name, entries, [.. prepared.Select(one => one.Prepared!)], cancellationToken), cancellationToken);
    }

    private static async Task<IReadOnlyList<(PreparedAddition? Prepared, SkillMeatException? Error)>> PrepareAsync(
        AdditionPreparer preparer, IReadOnlyList<ArtifactAddition> artifacts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await preparer.PrepareAsync(artifacts, cancellationToken).ConfigureAwait(false);
            }
            catch (StorageException e) when (e.ErrorId == ErrorIds.ObjectMissing && attempt < ConcurrentChanges.MostAttempts)
            {
                // Somebody cleaned up between the download and the look at what came.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static AddEntry Describe(string spec, string collection, PreparedAddition? prepared, SkillMeatException? error) => prepared is null
        ? new AddEntry(spec, collection, AddStatus.Error) { Reason = error!.Message, ErrorId = error.ErrorId }
        : new AddEntry(spec, collection, AddStatus.Added)
        {
            ArtifactId = prepared.Id.ToString(),
            Name = prepared.Id.Name,
            Type = prepared.Id.Type.Name,
            Path = prepared.Path,
            ResolvedSha = prepared.Commit,
            ResolvedVersion = prepared.Tag,
            Warnings = TextValues.Of([.. prepared.Valid.Warnings, .. prepared.FetchWarnings]),
        };

    private static List<AddEntry> NoneOf(List<AddEntry> entries) => entries.ConvertAll(entry => entry.Status == AddStatus.Error
        ? entry
        : entry with { Status = AddStatus.Skipped, Reason = "It was not added, because another one can't be: all are added, or none." });

    private List<AddEntry> WriteOnce(HomeLock held, string name, List<AddEntry> entries, IReadOnlyList<PreparedAddition> prepared, CancellationToken cancellationToken)
    {
        var files = _store.ReadFiles(name);
        var taken = new TakenNames(_store.Layout.CollectionFolder(name), files.Manifest.Paths);
        var now = _store.Time.GetUtcNow();
        var checkedEntries = new List<AddEntry>();
        foreach (var (entry, addition) in entries.Zip(prepared))
        {
            var problem = DescribeObstacle(files.Manifest, taken, name, addition);
            checkedEntries.Add(problem is null ? entry : entry with { Status = AddStatus.Error, Reason = problem, ErrorId = ErrorIds.InvalidArgument });
            if (problem is not null) continue;
            var address = UpstreamAddress.Of(addition.Source, addition.Commit);
            files.Manifest.Add(new ManifestEntry(addition, address).Make(), now);
            taken.Add(new ArtifactPath(addition.Id, addition.Path));
            files.LockFile.Set(addition.Id, new LockEntry(addition.ContentHash, address, addition.Commit, addition.Tag), now);
        }

        if (checkedEntries.Exists(entry => entry.Status == AddStatus.Error)) return NoneOf(checkedEntries);
        var change = new CollectionChange(
            name,
            files,
            files.Manifest.Ids,
            [.. prepared.Select(addition => new FolderChange(addition.Path, Before: null, addition.Content))],
            new MergeBaseStore(_store, name).Read().With([.. prepared.Select(addition => new MergeBase(addition.Id, addition.ContentHash, addition.Content))]))
        {
            NewFolders = [.. prepared.Select(addition => addition.Id.Type.Container!).Distinct(StringComparer.Ordinal)],
        };
        new CollectionChanger(_store).Commit(held, [change], cancellationToken);
        return checkedEntries;
    }

    /// <summary>Says what is in an artifact's way; null for nothing.</summary>
    private static string? DescribeObstacle(Manifest manifest, TakenNames taken, string collection, PreparedAddition addition)
    {
        if (manifest.Contains(addition.Id)) return $"Collection '{collection}' has {addition.Id} already. Give this one another name, or update that one.";
        if (manifest.FindOverlap(addition.Id, addition.Path) is { } other) return $"{other.Id} lies at '{other.Path}' already. Give this one another name.";
        if (taken.FindListed(addition.Path) is { } twin)
        {
            return $"{twin.Id} lies at '{twin.Path}' already, which is the same name on Windows and macOS. Give this one another name.";
        }

        return taken.FindOnDisk(addition.Path) is { } entry
            ? $"There is something at '{entry}' in collection '{collection}' that its manifest does not list. Move it away, or give this one another name."
            : null;
    }
}

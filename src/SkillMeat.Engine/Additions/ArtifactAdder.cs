using System.Globalization;
using SkillMeat.Baselines;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;

namespace SkillMeat.Additions;

/// <summary>Adds artifacts to a collection in one transaction, with one download for each repository and commit. Everything is validated before anything is written.</summary>
/// <remarks>Thread-safe, and safe for several processes. Upstream is queried and contents are fetched without a lock.</remarks>
public sealed class ArtifactAdder
{
    private readonly CollectionStore _store;
    private readonly UpstreamSession _session;

    /// <summary>Creates an adder for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="session">The session that queries upstream.</param>
    public ArtifactAdder(CollectionStore store, UpstreamSession session)
    {
        _store = store;
        _session = session;
    }

    /// <summary>Adds artifacts, all of them or none, or with <see cref="AddRequest.KeepGoing"/> all that can be added.</summary>
    /// <param name="request">The artifacts and the collection.</param>
    /// <param name="cancellationToken">Cancels the work and leaves the collection as it was.</param>
    /// <returns>The outcome for each artifact, in the order of the request.</returns>
    /// <exception cref="SkillMeatException">The collection cannot be found or read. <see cref="ErrorIds.EntryNotFound"/>: it does not have the group. Nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written. Nothing was changed.</exception>
    public async Task<IReadOnlyList<AddEntry>> AddAsync(AddRequest request, CancellationToken cancellationToken = default)
    {
        var name = request.Collection ?? _store.ActiveCollection;
        _store.CheckExists(name);
        var pending = await FetchAsync(request, cancellationToken).ConfigureAwait(false);
        // All problems are reported at once.
        if (pending.HasErrors && !request.KeepGoing) return SkipAll(pending.Plan().Entries);
        _session.SaveCaches();
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], request.LockTimeout, cancellationToken).ConfigureAwait(false);
        try
        {
            return Write();
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.ObjectMissing)
        {
            // A cleanup collected the fetched objects before anything referred to them. It cannot happen under the lock.
            await pending.FetchAsync(cancellationToken).ConfigureAwait(false);
            return Write();
        }

        List<AddEntry> Write() => ConcurrentChanges.Retry(() => WriteOnce(held, pending, request.KeepGoing, cancellationToken), cancellationToken);
    }

    /// <summary>Fetches artifacts, to write them later.</summary>
    /// <param name="request">The artifacts and the collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="SkillMeatException">The contents cannot be stored.</exception>
    internal async Task<PendingAdditions> FetchAsync(AddRequest request, CancellationToken cancellationToken)
    {
        var pending = new PendingAdditions(this, new AdditionPreparer(_session, _store.Objects, request.BaseFolder), request.Artifacts, request.Collection ?? _store.ActiveCollection) { Group = request.Group };
        await pending.FetchAsync(cancellationToken).ConfigureAwait(false);
        return pending;
    }

    /// <summary>Describes the outcome of an addition that was fetched, or could not be.</summary>
    internal static AddEntry Describe(string spec, string collection, PreparedAddition? prepared, SkillMeatException? error) => prepared is null
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

    private static List<AddEntry> SkipAll(List<AddEntry> entries) => entries.ConvertAll(entry => entry.Status is AddStatus.Error or AddStatus.Unchanged
        ? entry
        : entry with { Status = AddStatus.Skipped, Reason = "Not added, because another artifact cannot be added: all are added, or none." });

    /// <summary>Plans additions to a collection as it is now. Its files are edited in memory only.</summary>
    internal PlannedAdditions Plan(string name, List<AddEntry> entries, IReadOnlyList<PreparedAddition?> prepared, string? group)
    {
        var files = _store.ReadFiles(name);
        var taken = new TakenNames(_store.Layout.CollectionFolder(name), files.Manifest.Paths);
        var present = PresentArtifacts.Find(name, files, [.. prepared.OfType<PreparedAddition>()], _session.ContextFor(_store.Layout.CollectionFolder(name)));
        var now = _store.Time.GetUtcNow();
        var (checkedEntries, additions) = (new List<AddEntry>(), new List<PreparedAddition>());
        var requested = new Dictionary<(ArtifactId Id, (RepositoryAddress Repository, string Path) Place), PreparedAddition>();
        foreach (var (described, wanted) in entries.Zip(prepared))
        {
            if (wanted is null)
            {
                checkedEntries.Add(described);
                continue;
            }

            if (present.Find(wanted) is { } known)
            {
                checkedEntries.Add(DescribeKnown(described, known, wanted.Source.Version));
                continue;
            }

            if (requested.TryGetValue((wanted.Id, wanted.Source.Place), out var twin))
            {
                checkedEntries.Add(DescribeTwin(described, twin, wanted.Source.Version));
                continue;
            }

            if (wanted.IsPresent && files.Manifest.Contains(wanted.Id))
            {
                checkedEntries.Add(DescribeMoved(described, name));
                continue;
            }

            var addition = Qualify(files.Manifest, taken, wanted);
            var entry = Describe(described, addition);
            var problem = DescribeObstacle(files.Manifest, taken, name, addition);
            checkedEntries.Add(problem is null ? entry : entry with { Status = AddStatus.Error, Reason = problem, ErrorId = ErrorIds.InvalidArgument });
            if (problem is not null) continue;
            var address = UpstreamAddress.Of(addition.Source, addition.Commit);
            files.Manifest.Add(new ManifestEntry(addition, address).Make(), now);
            taken.Add(new ArtifactPath(addition.Id, addition.Path));
            files.LockFile.Set(addition.Id, new LockEntry(addition.ContentHash, address, addition.Commit, addition.Tag), now);
            additions.Add(addition);
            requested.Add((wanted.Id, wanted.Source.Place), addition);
        }

        return new PlannedAdditions(name, files, checkedEntries, additions) { Joined = group is not null && Join(name, files, checkedEntries, group) ? group : null };
    }

    // Returns whether the group has other members then.
    private bool Join(string name, CollectionFiles files, IEnumerable<AddEntry> entries, string group)
    {
        var (before, isAdding) = (ManifestLists.Of(files.Manifest), files.Manifest.IsChanged);
        var collection = _store.ToCollection(name, (files.Manifest.ToBytes(), files.LockFile.ToBytes()), _store.ReadConfig().IsActive(name));
        var ids = entries.Where(entry => entry.Status is AddStatus.Added or AddStatus.Unchanged).Select(entry => entry.ArtifactId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        new EntryEditor(files.Manifest, collection, ListShape.Of(ManifestList.Groups)).Apply(new ManifestEdit(ManifestList.Groups, EditAction.AddMembers, group) { Items = ids });
        if (ManifestLists.Of(files.Manifest) == before) return false;
        if (!isAdding) files.Manifest.NoteEdit(_store.Time.GetUtcNow());
        return true;
    }

    private static AddEntry DescribeMoved(AddEntry entry, string collection) => entry with
    {
        Status = AddStatus.Unchanged,
        Reason = $"Collection '{collection}' has it already. An update brings it to its new place.",
        ResolvedSha = null,
        ResolvedVersion = null,
        Warnings = [],
    };

    private static AddEntry DescribeTwin(AddEntry entry, PreparedAddition twin, string? version)
    {
        var (first, second) = (RefSpec.Parse(twin.Source.Version), RefSpec.Parse(version));
        return first.NamesSame(second)
            ? Describe(entry, twin) with { Status = AddStatus.Unchanged, Reason = "It was requested twice." }
            : entry with { Status = AddStatus.Error, ErrorId = ErrorIds.InvalidArgument, Reason = $"It was requested in two versions, '{first}' and '{second}'. Request one of them, or give each a name of its own." };
    }

    private static AddEntry DescribeKnown(AddEntry entry, TrackedArtifact tracked, string? version)
    {
        var (known, follows) = (tracked.Artifact, tracked.Follows);
        var isSame = PresentArtifacts.Follows(tracked, version);
        return entry with
        {
            Status = isSame ? AddStatus.Unchanged : AddStatus.Error,
            ErrorId = isSame ? null : ErrorIds.InvalidArgument,
            Reason = isSame ? $"Collection '{known.Collection}' has it already." : $"Collection '{known.Collection}' has {known.Id} already, and it follows '{follows}'. Remove it first, or choose another name.",
            ArtifactId = known.ArtifactId,
            Name = known.Id.Name,
            Path = known.Path,
            ResolvedSha = known.ResolvedSha,
            ResolvedVersion = known.ResolvedVersion,
            Warnings = [],
        };
    }

    /// <summary>Makes the change of a collection from planned additions.</summary>
    internal CollectionChange MakeChange(PlannedAdditions plan) => new(plan.Collection, plan.Files, plan.Files.Manifest.Ids)
    {
        Folder = [.. plan.Additions.Select(addition => new FolderChange(addition.Path, Before: null, addition.Content))],
        Bases = new MergeBaseStore(_store, plan.Collection).Read().With([.. plan.Additions.Select(addition => new MergeBase(addition.Id, addition.ContentHash, addition.Content))]),
        Lists = plan.Joined is null ? null : ManifestLists.Of(plan.Files.Manifest),
        // An edit of the group alone is one as any other.
        SnapshotKind = plan.Additions.Count == 0 ? SnapshotKind.BeforeEdit : null,
        Message = plan.Additions.Count == 0 ? $"Before edit of group '{VisibleText.Line(plan.Joined!)}'" : "",
        NewFolders = [.. plan.Additions.Select(addition => addition.Id.Type.Container!).Distinct(StringComparer.Ordinal)],
    };

    private List<AddEntry> WriteOnce(HomeLock held, PendingAdditions pending, bool keepsGoing, CancellationToken cancellationToken)
    {
        var plan = pending.Plan();
        if (!keepsGoing && plan.Entries.Exists(entry => entry.Status == AddStatus.Error)) return SkipAll(plan.Entries);
        if (pending.Change is { } change) new CollectionChanger(_store).Commit(held, [change], cancellationToken);
        return plan.Entries;
    }

    /// <summary>Gives an artifact its longer name if another one from elsewhere has the short one.</summary>
    private static PreparedAddition Qualify(Manifest manifest, TakenNames taken, PreparedAddition addition)
    {
        if (addition.QualifiedId is not { } longer || IsFree(addition)) return addition;
        var qualified = addition with { Id = longer };
        if (IsFree(qualified)) return qualified;
        if (!addition.IsNameSuggested) return addition;
        for (var number = 2; !IsFree(qualified); number++) qualified = addition with { Id = new ArtifactId(longer.Type, $"{longer.Name}-{number.ToString(CultureInfo.InvariantCulture)}") };
        return qualified;

        bool IsFree(PreparedAddition named) => !manifest.Contains(named.Id) && taken.FindListed(named.Path) is null;
    }

    private static AddEntry Describe(AddEntry entry, PreparedAddition addition) => entry with { ArtifactId = addition.Id.ToString(), Name = addition.Id.Name, Path = addition.Path };

    /// <summary>Describes what prevents the addition of an artifact, or returns null.</summary>
    private static string? DescribeObstacle(Manifest manifest, TakenNames taken, string collection, PreparedAddition addition) => manifest.Contains(addition.Id)
        ? $"Collection '{collection}' already has {addition.Id}. Choose another name, or update the existing artifact."
        : taken.DescribeObstacle(manifest, collection, addition.Id, addition.Path);
}

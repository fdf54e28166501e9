using SkillMeat.Additions;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Drift;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Projects.Deploying;

/// <summary>The changes of a request in projects, their records, and the results. Nothing is changed before <see cref="Commit"/>. Not thread-safe.</summary>
internal sealed class DeploymentPlan : IDisposable
{
    private readonly CollectionStore _store;
    private readonly DeployRequest _request;
    private readonly string _collection;
    private readonly CancellationToken _cancellationToken;
    private readonly List<DeployedArtifact> _results = [];
    private readonly Dictionary<string, RecordedPlaces> _places = new(StringComparer.Ordinal);
    private readonly EarlierContents _earlier;

    public DeploymentPlan(CollectionStore store, string collection, DeployRequest request, PendingAdditions? pending, CancellationToken cancellationToken)
    {
        (_store, _collection, _request, _cancellationToken) = (store, collection, request, cancellationToken);
        Pending = pending;
        _earlier = new EarlierContents(store, request.DryRun, cancellationToken);
        Outside = new OutsideFolders(store.Home);
        Changes = new ProjectChanges(store, store.Objects, Outside, cancellationToken);
        Settings = new SettingsPlan(store, Outside, Changes.Memory, cancellationToken);
        Copies = new CopyFacts(store, collection, request, Changes, _earlier, cancellationToken);
        Hashes = ContentHashCache.Read(store.Objects);
    }

    /// <summary>The results, in the order of the targets.</summary>
    public IReadOnlyList<DeployedArtifact> Results => _results;

    /// <summary>The artifacts that come into the collection in the same transaction; null for none.</summary>
    public PendingAdditions? Pending { get; }

    /// <summary>Finds the real folders.</summary>
    public OutsideFolders Outside { get; }

    /// <summary>The changes of copies, records and kept contents.</summary>
    public ProjectChanges Changes { get; }

    /// <summary>The changes of settings.</summary>
    public SettingsPlan Settings { get; }

    /// <summary>The known facts about the copies.</summary>
    public CopyFacts Copies { get; }

    /// <summary>The known hashes.</summary>
    public ContentHashCache Hashes { get; }

    /// <summary>Plans the deployment of artifacts of the collection.</summary>
    /// <exception cref="SkillMeatException">An artifact has no files, or something cannot be read.</exception>
    public void AddDeployments(IReadOnlyList<Target> targets) => new DeploymentSteps(_store, _collection, _request, this, _cancellationToken).Add(targets);

    /// <summary>Plans the removal of copies.</summary>
    /// <exception cref="SkillMeatException">Something cannot be read.</exception>
    public void AddRemovals(IReadOnlyList<Target> targets) => new RemovalSteps(_store, _request, this, _earlier, _cancellationToken).Add(targets);

    /// <summary>Makes the changes in one transaction.</summary>
    /// <exception cref="StorageException">Another program changed a file meanwhile, or a file operation failed. Nothing was changed.</exception>
    public void Commit(HomeLock held)
    {
        var transaction = _store.Storage.Begin(held);
        if (Pending?.Change is { } change)
        {
            new CollectionChanger(_store).Commit(held, [change], _cancellationToken, begun => AddTo(transaction = begun));
        }
        else
        {
            AddTo(transaction);
            transaction.Commit(_cancellationToken);
        }

        foreach (var kept in transaction.Kept) ReportKept(kept);
        Warn(held.Warnings);
        Hashes.TryWrite();
    }

    private void AddTo(Transaction transaction)
    {
        foreach (var site in Changes.Sites) Settings.TakeOver(site);
        foreach (var (path, before) in Settings.FindDeleted()) Changes.NoteDeleted(path, before);
        Changes.AddTo(transaction);
        Settings.AddTo(transaction, Changes.IsInEmptied);
    }

    /// <summary>Returns the places of a project that have records.</summary>
    public RecordedPlaces PlacesOf(ProjectSite site)
    {
        if (!_places.TryGetValue(site.Folder, out var places)) _places[site.Folder] = places = new RecordedPlaces(_store, site, Outside);
        return places;
    }

    /// <summary>Adds a result.</summary>
    public void Report(Target target, DeployStatus status, string? reason, IReadOnlyList<string>? commands = null, bool isEdited = false) => _results.Add(new DeployedArtifact(target.Artifact)
    {
        Collection = target.Collection ?? _collection,
        Project = target.Site.Folder,
        IsUserScope = target.Site.User is not null,
        Profile = target.Profile,
        Path = target.HasPlace ? target.FullPath : null,
        Status = status,
        Reason = reason,
        Commands = TextValues.Of(commands ?? []),
        IsEdited = isEdited,
        DryRun = _request.DryRun,
    });

    public void Dispose() => _earlier.Dispose();

    // The warnings of the transaction belong to what it changed.
    private void Warn(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0 || _results.Count == 0) return;
        var index = Math.Max(0, _results.FindIndex(one => one.Status is DeployStatus.Deployed or DeployStatus.Updated or DeployStatus.Removed));
        _results[index] = _results[index] with { Warnings = TextValues.Of(warnings) };
    }

    // The folder is kept beside the copy.
    private void ReportKept(string kept)
    {
        var index = _results.FindIndex(one => one.Path is { } path && Path.GetFileName(kept).StartsWith(Path.GetFileName(path) + ".kept-", StringComparison.Ordinal));
        if (index < 0) return;
        var reason = $"Another program wrote to a folder while it was being replaced. Its version is kept in {kept}.";
        _results[index] = _results[index] with { Reason = _results[index].Reason is { } earlier ? $"{earlier} {reason}" : reason };
    }
}

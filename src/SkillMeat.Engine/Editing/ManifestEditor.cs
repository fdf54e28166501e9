using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Editing;

/// <summary>
/// Edits the groups, MCP servers and tag definitions of a collection, and the details of its artifacts, in one transaction, after taking a snapshot of manifest and lock file. Edits by one editor that follow
/// each other within two minutes, and only add or arrange entries, share the snapshot that was taken before the first of them.
/// </summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class ManifestEditor
{
    private readonly CollectionStore _store;
    private readonly EditSeries _series;

    /// <summary>Creates an editor for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    public ManifestEditor(CollectionStore store)
    {
        _store = store;
        _series = new EditSeries(store);
    }

    /// <summary>Makes edits, all of them or none. If they change nothing, nothing is written.</summary>
    /// <param name="request">The edits and the collection.</param>
    /// <param name="cancellationToken">Cancels the edit. One that has reached its point of no return is finished.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="SkillMeatException">
    /// The collection cannot be found or read. <see cref="ErrorIds.EntryNotFound"/> or <see cref="ErrorIds.EntryExists"/>: a name is unknown or taken. <see cref="ErrorIds.ArtifactNotFound"/>: an
    /// artifact or a member does not exist. <see cref="ErrorIds.InvalidArgument"/>: a value is not valid. <see cref="ErrorIds.StaleEdit"/>: the collection is not the expected one.
    /// Nothing was changed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written. Nothing was changed.</exception>
    public async Task<EditResult> EditAsync(EditRequest request, CancellationToken cancellationToken = default)
    {
        var name = request.Collection ?? _store.ActiveCollection;
        // A wrong edit fails before waiting for the lock.
        var (_, _, planned) = Plan(name, request);
        if (request.DryRun || !planned.IsChanged) return request.Details.Count == 0 || !planned.IsChanged ? planned : PlanDetails(name, request);
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], request.LockTimeout, cancellationToken).ConfigureAwait(false);
        var result = ConcurrentChanges.Retry(() => Edit(held, name, request, cancellationToken), cancellationToken);
        // The artifacts of the result are those from before the edits.
        return request.Details.Count == 0 || !result.IsChanged ? result : new EditResult(_store.Read(name)) { IsChanged = true, SnapshotId = result.SnapshotId };
    }

    /// <summary>Creates the error for an unknown entry, with a suggestion for a misspelled name.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="list">The list.</param>
    /// <param name="wanted">The name that was asked for.</param>
    /// <returns>The error.</returns>
    public static SkillMeatException Missing(Collection collection, ManifestList list, string wanted) => EntryNames.Missing(
        [
            .. list switch
            {
                ManifestList.Groups => collection.GroupDefinitions.Select(group => group.Name),
                ManifestList.McpServers => collection.McpServers.Select(server => server.Name),
                _ => collection.TagDefinitions.Select(tag => tag.Name),
            },
        ],
        wanted,
        ListShape.Of(list).Noun,
        collection.Name);

    private EditResult Edit(HomeLock held, string name, EditRequest request, CancellationToken cancellationToken)
    {
        var (change, before, result) = Plan(name, request);
        if (!result.IsChanged) return result;
        var edited = change.Files.Manifest.ToBytes();
        change = change with { SharedSnapshotId = _series.FindSnapshot(name, change.Files, request, before, result.After) };
        var snapshotId = new CollectionChanger(_store).Commit(held, [change], cancellationToken).SnapshotIds[name];
        _series.Note(name, snapshotId, edited, change);
        return result with { SnapshotId = snapshotId };
    }

    // Read back from the bytes that an edit would write, because details are read from bytes.
    private EditResult PlanDetails(string name, EditRequest request)
    {
        var (change, _, result) = Plan(name, request);
        var isActive = result.After.IsActive;
        var (manifest, lockFile, _) = change.Files.Render();
        return new EditResult(_store.ToCollection(name, (manifest, lockFile), isActive)) { IsChanged = true, DryRun = true };
    }

    private (CollectionChange Change, Collection Before, EditResult Result) Plan(string name, EditRequest request)
    {
        var files = _store.ReadFiles(name);
        CollectionExpectation.Check(_store, name, files, request.Expects);
        var before = _store.ToCollection(name, files, _store.ReadConfig().IsActive(name));
        foreach (var edit in request.Edits) new EntryEditor(files.Manifest, before, ListShape.Of(edit.List)).Apply(edit);
        var now = _store.Time.GetUtcNow();
        foreach (var edit in request.Details) new DetailsEditor(files.Manifest, files.LockFile, before, now).Apply(edit);
        var isChanged = files.Manifest.IsChanged;
        if (isChanged) files.Manifest.NoteEdit(now);
        var change = new CollectionChange(name, files, files.Manifest.Ids)
        {
            Lists = ManifestLists.Of(files.Manifest),
            SnapshotKind = SnapshotKind.BeforeEdit,
            Message = EditMessage.Of(request, [.. request.Details.Select(edit => before.Find(edit.Artifact).Id).Distinct()]),
        };
        return (change, before, new EditResult(_store.ToCollection(name, files.Manifest, before)) { IsChanged = isChanged, DryRun = request.DryRun });
    }
}

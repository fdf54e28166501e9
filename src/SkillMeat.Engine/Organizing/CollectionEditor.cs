using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Organizing;

/// <summary>Sets the description of a collection, in its manifest, and makes it the active one, in the settings of the home, in one transaction.</summary>
internal sealed class CollectionEditor(CollectionStore store)
{
    /// <summary>The message of the snapshot before a new description.</summary>
    public const string Message = "Before a new description";

    /// <inheritdoc cref="CollectionOrganizer.EditAsync"/>
    public async Task<Collection> EditAsync(EditCollectionRequest request, CancellationToken cancellationToken)
    {
        var name = store.SpellingOf(request.Collection ?? store.ActiveCollection);
        // A wrong name or text fails before waiting for the lock.
        store.CheckExists(name);
        CheckDescription(request.Description);
        string[] locks = request.Activates ? [CollectionStore.HomeLockName, CollectionStore.LockNameOf(name)] : [CollectionStore.LockNameOf(name)];
        using var held = await store.Storage.LockAsync(locks, request.LockTimeout, cancellationToken).ConfigureAwait(false);
        ConcurrentChanges.Retry(() => Edit(held, name, request, cancellationToken), cancellationToken);
        return store.Read(name);
    }

    /// <exception cref="Errors.SkillMeatException"><see cref="Errors.ErrorIds.InvalidArgument"/>: a collection cannot have this description.</exception>
    public static void CheckDescription(string? description) => EditableText.CheckDescription(description, "a collection");

    /// <summary>Writes a description into a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="description">The description; empty to remove it, null to keep it.</param>
    /// <param name="now">The time of the change.</param>
    /// <returns>False if it is there already.</returns>
    public static bool Describe(Manifest manifest, string? description, DateTimeOffset now)
    {
        if (description is null) return false;
        var wanted = description.Length == 0 ? null : description;
        if (manifest.ReadDescription() == wanted) return false;
        manifest.SetDescription(wanted, now);
        return true;
    }

    private bool Edit(HomeLock held, string name, EditCollectionRequest request, CancellationToken cancellationToken)
    {
        var files = store.ReadFiles(name);
        CollectionExpectation.Check(store, name, files, request.Expects);
        var activate = request.Activates ? store.PlanActivation(name, cancellationToken) : null;
        if (Describe(files.Manifest, request.Description, store.Time.GetUtcNow()))
        {
            var change = new CollectionChange(name, files, files.Manifest.Ids) { SnapshotKind = SnapshotKind.BeforeEdit, Message = Message };
            new CollectionChanger(store).Commit(held, [change], cancellationToken, activate);
            return true;
        }

        if (activate is null) return false;
        var transaction = store.Storage.Begin(held);
        activate(transaction);
        transaction.Commit(cancellationToken);
        return true;
    }
}

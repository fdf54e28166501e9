using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Organizing;

/// <summary>Sets the description of a collection, in its manifest.</summary>
internal sealed class CollectionDescriber(CollectionStore store)
{
    /// <inheritdoc cref="CollectionOrganizer.DescribeAsync(string?, string?, TimeSpan, Predicate{Collection}?, CancellationToken)"/>
    public async Task<Collection> DescribeAsync(string name, string? description, TimeSpan lockTimeout, Predicate<Collection>? expects, CancellationToken cancellationToken)
    {
        name = store.SpellingOf(name);
        // A wrong name fails before waiting for the lock.
        store.CheckExists(name);
        using var held = await store.Storage.LockAsync([CollectionStore.LockNameOf(name)], lockTimeout, cancellationToken).ConfigureAwait(false);
        ConcurrentChanges.Retry(() => Describe(held, name, string.IsNullOrEmpty(description) ? null : description, expects, cancellationToken), cancellationToken);
        return store.Read(name);
    }

    private bool Describe(HomeLock held, string name, string? description, Predicate<Collection>? expects, CancellationToken cancellationToken)
    {
        CollectionExpectation.Check(store, name, expects);
        var files = store.ReadFiles(name);
        if (files.Manifest.ReadDescription() == description) return false;
        files.Manifest.SetDescription(description, store.Time.GetUtcNow());
        var change = new CollectionChange(name, files, files.Manifest.Ids) { SnapshotKind = SnapshotKind.BeforeEdit, Message = "Before a new description" };
        new CollectionChanger(store).Commit(held, [change], cancellationToken);
        return true;
    }
}

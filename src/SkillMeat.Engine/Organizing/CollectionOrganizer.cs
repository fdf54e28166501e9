using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Organizing;

/// <summary>Creates, renames, describes and deletes the collections of a home.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class CollectionOrganizer
{
    private readonly CollectionStore _store;
    private readonly AgentFolders _user;

    /// <summary>Creates an organizer for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public CollectionOrganizer(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Creates an empty collection with a description, and makes it the active one if wanted, in one transaction.</summary>
    /// <param name="name">The folder name of the collection.</param>
    /// <param name="description">The description; null or empty for none.</param>
    /// <param name="activates">Whether it becomes the active collection.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the name or the description is not valid. <see cref="ErrorIds.CollectionExists"/>: the collection already exists.</exception>
    /// <exception cref="LockTimeoutException">Another process holds a lock. Nothing was changed.</exception>
    /// <exception cref="StorageException">A file operation failed. Nothing was changed.</exception>
    public Task<Collection> CreateAsync(string name, string? description, bool activates, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        CollectionEditor.CheckDescription(description);
        return _store.CreateAsync(name, description, activates, lockTimeout, cancellationToken);
    }

    /// <summary>
    /// Renames a collection in one transaction: its folder, snapshots and merge bases, the setting of the active collection, and the deployment records of known projects. Projects that are away find
    /// it by its earlier name. Before a new description, a snapshot of manifest and lock file is taken.
    /// </summary>
    /// <param name="request">The names.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>The renamed collection.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>; <see cref="ErrorIds.CollectionExists"/>: another collection has the new name; <see cref="ErrorIds.InvalidArgument"/>: the new name is not valid, or
    /// something else of the home has it. Nothing was changed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds a lock. Nothing was changed.</exception>
    /// <exception cref="StorageException">A file operation failed. Nothing was changed.</exception>
    public Task<RenamedCollection> RenameAsync(RenameCollectionRequest request, CancellationToken cancellationToken = default) =>
        new CollectionRenamer(_store, _user).RenameAsync(request, cancellationToken);

    /// <summary>Deletes a collection with everything in its folder, after a snapshot of all of it, which stays. Links are deleted as links.</summary>
    /// <param name="request">The collection.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>The deleted collection, with the snapshot from which it can be restored.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>; <see cref="ErrorIds.InvalidArgument"/>: the folder contains something that no snapshot can hold, or deployments are links to its files, and <see cref="DeleteCollectionRequest.Force"/> is
    /// not set. Nothing was deleted.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was deleted.</exception>
    /// <exception cref="StorageException">The snapshot could not be taken, or a file operation failed. Nothing was deleted.</exception>
    public Task<DeletedCollection> DeleteAsync(DeleteCollectionRequest request, CancellationToken cancellationToken = default) =>
        new CollectionDeleter(_store, _user).DeleteAsync(request, cancellationToken);

    /// <summary>Sets the description of a collection, after a snapshot of its manifest. Python SkillMeat ignores it, and drops it when it saves the collection.</summary>
    /// <param name="name">The collection, or null for the active one.</param>
    /// <param name="description">The description; null or empty to remove it.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>; <see cref="ErrorIds.InvalidArgument"/>: the description contains a control character or half of a surrogate pair, or is too long. Or the collection
    /// cannot be read. Nothing was changed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was changed.</exception>
    /// <exception cref="StorageException">A file operation failed. Nothing was changed.</exception>
    public Task<Collection> DescribeAsync(string? name, string? description, TimeSpan lockTimeout, CancellationToken cancellationToken = default) =>
        EditAsync(new EditCollectionRequest { Collection = name, Description = description ?? "", LockTimeout = lockTimeout }, cancellationToken);

    /// <summary>Sets the description of a collection, after a snapshot of its manifest, and makes it the active one, in one transaction. What it is already is not written.</summary>
    /// <param name="request">The changes.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>; <see cref="ErrorIds.StaleEdit"/>: the collection is not the expected one; <see cref="ErrorIds.InvalidArgument"/>: the description contains a control
    /// character or half of a surrogate pair, or is too long. Or the collection cannot be read. Nothing was changed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds a lock. Nothing was changed.</exception>
    /// <exception cref="StorageException">A file operation failed. Nothing was changed.</exception>
    public Task<Collection> EditAsync(EditCollectionRequest request, CancellationToken cancellationToken = default) => new CollectionEditor(_store).EditAsync(request, cancellationToken);

    /// <summary>Checks that a collection can have a description, for one that is to be created with it.</summary>
    /// <param name="description">The description, or null.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it contains a control character or half of a surrogate pair, or is too long.</exception>
    public static void CheckDescription(string? description) => CollectionEditor.CheckDescription(description);
}

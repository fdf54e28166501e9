using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>Aborts an operation whose collection cannot be stored for the snapshot.</summary>
/// <param name="isNeeded">Whether the operation takes a snapshot.</param>
internal sealed class SnapshotGuard(bool isNeeded)
{
    /// <exception cref="StorageException">The collection cannot be stored. The message says that nothing was changed, and why.</exception>
    public T Run<T>(string collection, Func<T> scan)
    {
        try
        {
            return scan();
        }
        catch (StorageException e) when (isNeeded && e.ErrorId != ErrorIds.ConcurrentChange)
        {
            throw SnapshotErrors.NotTaken(e, collection);
        }
    }
}

using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>What keeps a collection from being stored for a snapshot is the end of an operation.</summary>
/// <param name="isNeeded">Whether a snapshot is to be made.</param>
internal sealed class SnapshotGuard(bool isNeeded)
{
    /// <exception cref="StorageException">The collection can't be stored; the message says that nothing was changed, and why.</exception>
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

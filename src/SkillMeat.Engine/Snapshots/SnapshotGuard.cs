using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>Without a way back nothing is changed: what keeps a collection from being stored for a snapshot is the end of the operation, and says so.</summary>
/// <param name="done">What was not done, such as <c>updated</c>.</param>
/// <param name="isNeeded">Whether a snapshot is to be made.</param>
internal sealed class SnapshotGuard(string done, bool isNeeded)
{
    /// <exception cref="StorageException">The collection can't be stored; the message says that nothing was done, and why.</exception>
    public T Run<T>(string collection, Func<T> scan)
    {
        try
        {
            return scan();
        }
        catch (StorageException e) when (isNeeded && e.ErrorId != ErrorIds.ConcurrentChange)
        {
            throw new StorageException(e.ErrorId, e.Path, $"no snapshot of collection '{collection}' can be made, so nothing was {done}: {e.Message}", e);
        }
    }
}

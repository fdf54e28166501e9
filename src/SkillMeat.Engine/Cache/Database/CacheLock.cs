using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Database;

/// <summary>The lock that is held while the file of a cache is made, repaired or deleted. Reading and writing the database needs it not. It is a file beside the database, which stays.</summary>
/// <param name="database">The full path of the database.</param>
internal sealed class CacheLock(string database)
{
    // Five seconds.
    private const int MostPauses = 1_000;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits for the lock.</summary>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The lock, which is released when it is disposed; or null if another process or thread kept it for too long.</returns>
    /// <exception cref="Errors.StorageException">The lock file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">Waiting was cancelled.</exception>
    public IDisposable? Wait(CancellationToken cancellationToken)
    {
        // It makes no names here.
        var disk = new Disk(faults: null, new Random(0));
        for (var pauses = 0; ; pauses++)
        {
            if (disk.TryOpenLock($"{database}.lock") is { } held) return held;
            if (pauses == MostPauses) return null;
            cancellationToken.WaitHandle.WaitOne(_pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

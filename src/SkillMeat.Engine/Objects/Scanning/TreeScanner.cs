using SkillMeat.Errors;

namespace SkillMeat.Objects.Scanning;

/// <summary>
/// Stores a folder of the disk as a tree. Links are stored as links and not followed. Devices, pipes and sockets are skipped and never opened. Files that are unchanged
/// since the last scan are not read again. Thread-safe, with one writer per thread.
/// </summary>
internal sealed class TreeScanner(ObjectStore store, TimeProvider time)
{
    /// <summary>Scans a folder and adds new objects, which become visible when the writer is committed.</summary>
    /// <param name="writer">The writer for new objects.</param>
    /// <param name="folder">The folder. If it is a link, it is followed.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <exception cref="StorageException">
    /// The folder does not exist, something in it cannot be read, or a file kept changing while it was being read (<see cref="ErrorIds.ConcurrentChange"/>).
    /// </exception>
    public TreeScan Scan(ObjectWriter writer, string folder, CancellationToken cancellationToken)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var cache = new StatCache(store.Disk, store.Home, root);
        using var run = new ScanRun(writer, root, cache.Read(), time, cancellationToken);
        var scan = run.Scan();
        if (run.IsWorthSaving) cache.TryWrite(run.StartedAt, run.Seen);
        return scan;
    }
}

using SkillMeat.Errors;

namespace SkillMeat.Objects.Scanning;

/// <summary>
/// Stores a folder of the disk as a tree. Links are stored as links and not followed; devices, pipes and sockets are left out and never opened. Files that look as they did
/// at the last scan are not read again. Safe from several threads, each with a writer of its own.
/// </summary>
internal sealed class TreeScanner(ObjectStore store, TimeProvider time)
{
    /// <summary>Scans a folder and adds what is new. Nothing of it is visible before the writer is committed.</summary>
    /// <param name="writer">Where new objects go.</param>
    /// <param name="folder">The folder; if it is a link, where that leads.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <exception cref="StorageException">
    /// There is no such folder, something in it can't be read, or a file changed again and again while it was read (<see cref="ErrorIds.ConcurrentChange"/>).
    /// </exception>
    public TreeScan Scan(ObjectWriter writer, string folder, CancellationToken cancellationToken)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var cache = new StatCache(store.Disk, store.Home, root);
        using var run = new ScanRun(writer, root, cache.Read(), time, cancellationToken);
        var scan = run.Scan();
        if (run.LearnedSomething) cache.TryWrite(run.StartedAt, run.Seen);
        return scan;
    }
}

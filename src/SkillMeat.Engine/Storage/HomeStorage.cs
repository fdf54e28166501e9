using System.Diagnostics;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage;

/// <summary>
/// The one way to write to a home: lock, transaction, recovery; and to read files that belong together. Safe from several threads, and between processes that all
/// go this way.
/// </summary>
internal sealed class HomeStorage
{
    private readonly Disk _disk;
    private readonly LockFolder _locks;
    private readonly JournalFolder _journals;
    private readonly Generation _generation;
    private readonly Recovery _recovery;
    private readonly ConsistentReader _reader;

    public HomeStorage(string homePath, TimeProvider time, IStorageFaults? faults = null)
    {
        Home = Path.TrimEndingDirectorySeparator(Path.GetFullPath(homePath));
        var lockFolder = Path.Combine(Home, "locks");
        _disk = new Disk(faults);
        _locks = new LockFolder(lockFolder, _disk, time);
        _journals = new JournalFolder(Home, _disk);
        _generation = new Generation(lockFolder, _disk);
        _recovery = new Recovery(_journals, _locks, _generation, _disk);
        _reader = new ConsistentReader(_journals, _generation);
    }

    /// <summary>The home's full path.</summary>
    public string Home { get; }

    /// <summary>Waits for all these locks, and settles what a dead process left under them.</summary>
    /// <param name="names">Such as <c>collection 'default'</c>; upper and lower case are one lock. Any order.</param>
    /// <param name="wait">How long to wait at most; zero tries once.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LockTimeoutException">Somebody else held one of them all the time; the message says who.</exception>
    /// <exception cref="StorageException">The home can't be written to, or an interrupted change can't be settled (<see cref="ErrorIds.RecoveryPending"/>).</exception>
    public async Task<HomeLock> LockAsync(IReadOnlyCollection<string> names, TimeSpan wait, CancellationToken cancellationToken)
    {
        var asked = LockName.InOrder(names);
        if (asked.Count == 0) throw new ArgumentException("a lock needs a name", nameof(names));
        var started = Stopwatch.GetTimestamp();
        for (var (wanted, left) = (asked, wait); ;)
        {
            var held = new HomeLock(await _locks.AcquireAsync(wanted, left, cancellationToken).ConfigureAwait(false));
            var missing = SettleOrRelease(held);
            if (missing.Count == 0)
            {
                held.KeepOnly(asked);
                return held;
            }

            // A dead transaction held one of ours and others besides. Locks are taken in order only, so all of them are released first.
            held.Dispose();
            wanted = LockName.InOrder([.. wanted, .. missing]);
            left = wait - Stopwatch.GetElapsedTime(started);
        }
    }

    /// <summary>Begins a transaction. It is on disk only once it is committed, and needs no end when it is given up.</summary>
    /// <param name="held">The locks under which it runs; they must cover everything that it changes.</param>
    public Transaction Begin(HomeLock held)
    {
        ObjectDisposedException.ThrowIf(held.IsReleased, held);
        return new Transaction(held, _recovery, _journals, _generation, _disk);
    }

    /// <summary>
    /// Finishes or takes back what dead processes left; called at every open. Costs one look when there is nothing, and never throws for a home that can't be
    /// written to: <see cref="ReadConsistent"/> reads through what is left.
    /// </summary>
    public RecoveryReport Recover(CancellationToken cancellationToken = default) => _recovery.SettleAbandoned(cancellationToken);

    /// <summary>Whether a dead process left a change that <see cref="Recover"/> would settle. Takes no lock and writes nothing.</summary>
    public bool HasAbandonedChange() => _recovery.HasAbandoned();

    /// <summary>The bytes of files as of one moment, in the order asked; null for one that is not there. Takes no lock and writes nothing.</summary>
    /// <exception cref="StorageException">A file can't be read, or other programs never left a quiet moment.</exception>
    public IReadOnlyList<byte[]?> ReadConsistent(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        _reader.Read(paths, cancellationToken);

    private IReadOnlyList<LockName> SettleOrRelease(HomeLock held)
    {
        try
        {
            return _recovery.SettleUnder(held).Missing;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}

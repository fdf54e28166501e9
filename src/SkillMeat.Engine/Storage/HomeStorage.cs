using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage;

/// <summary>
/// The only way to write to a home: locks, transactions and recovery. Also reads related files consistently. Thread-safe, and safe between processes that all
/// use it.
/// </summary>
internal sealed class HomeStorage
{
    private readonly TimeProvider _time;
    private readonly Disk _disk;
    private readonly LockFolder _locks;
    private readonly JournalFolder _journals;
    private readonly Generation _generation;
    private readonly Recovery _recovery;
    private readonly ConsistentReader _reader;

    public HomeStorage(string homePath, TimeProvider time, Random random, IStorageFaults? faults = null)
    {
        _time = time;
        Home = Path.TrimEndingDirectorySeparator(Path.GetFullPath(homePath));
        var lockFolder = Path.Combine(Home, "locks");
        _disk = new Disk(faults, random);
        _locks = new LockFolder(lockFolder, _disk, time, random);
        _journals = new JournalFolder(Home, _disk);
        _generation = new Generation(lockFolder, _disk);
        _recovery = new Recovery(_journals, _locks, _generation, _disk);
        _reader = new ConsistentReader(_journals, _generation, time, random);
    }

    /// <summary>The full path of the home.</summary>
    public string Home { get; }

    /// <summary>Acquires all these locks, and settles interrupted transactions under them.</summary>
    /// <param name="names">Names such as <c>collection 'default'</c>, in any order. Case is ignored.</param>
    /// <param name="wait">The maximum time to wait. Zero tries once.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="LockTimeoutException">Another process held one of them for the whole time; the message names it.</exception>
    /// <exception cref="StorageException">The home cannot be written, or an interrupted transaction cannot be settled (<see cref="ErrorIds.RecoveryPending"/>).</exception>
    public async Task<HomeLock> LockAsync(IReadOnlyCollection<string> names, TimeSpan wait, CancellationToken cancellationToken)
    {
        var asked = LockName.InOrder(names);
        if (asked.Count == 0) throw new ArgumentException("a lock needs a name", nameof(names));
        OwnFolders.CheckAll(Home);
        var started = _time.GetTimestamp();
        for (var (wanted, left) = (asked, wait); ;)
        {
            var held = new HomeLock(await _locks.AcquireAsync(wanted, left, cancellationToken).ConfigureAwait(false));
            var missing = SettleOrRelease(held);
            if (missing.Count == 0)
            {
                held.KeepOnly(asked);
                return held;
            }

            // An interrupted transaction held other locks besides. Locks are only taken in order, so all are released first.
            held.Dispose();
            wanted = LockName.InOrder([.. wanted, .. missing]);
            left = wait - _time.GetElapsedTime(started);
        }
    }

    /// <summary>Begins a transaction. Nothing is written before its commit, so it can simply be dropped.</summary>
    /// <param name="held">The locks, which must cover everything that it changes.</param>
    public Transaction Begin(HomeLock held)
    {
        ObjectDisposedException.ThrowIf(held.IsReleased, held);
        return new Transaction(held, _recovery, _journals, _generation, _disk);
    }

    /// <summary>
    /// Settles interrupted transactions; called at every open. Costs one file system query if there are none. Does not throw for a home that cannot be
    /// written: <see cref="ReadConsistent"/> takes unsettled transactions into account.
    /// </summary>
    public RecoveryReport Recover(CancellationToken cancellationToken = default) => _recovery.SettleAbandoned(cancellationToken);

    /// <summary>Whether a dead process left a change that <see cref="Recover"/> would settle. Takes no lock and writes nothing.</summary>
    public bool HasAbandonedChange() => _recovery.HasAbandoned();

    /// <summary>Returns the error of a journal that cannot be settled, because no transaction of this home wrote it, or null. Takes no lock and writes nothing.</summary>
    public StorageException? FindRefusedJournal() => _recovery.FindRefused();

    /// <summary>Returns the paths of the temporary files of transactions that are not settled, whether their process lives or not. Takes no lock and writes nothing.</summary>
    /// <exception cref="StorageException"><see cref="ErrorIds.RecoveryPending"/>: a journal is damaged.</exception>
    public IReadOnlyList<string> FindPendingFiles() =>
        [.. _journals.List().Where(file => file.Phase is not null).Select(_journals.Read).OfType<TransactionJournal>().SelectMany(journal => journal.Entries).SelectMany(entry => new[] { entry.Staged, entry.Backup, entry.Discarded })];

    /// <summary>Reads several files as of one moment, in the given order, with null for missing ones. Takes no lock and writes nothing.</summary>
    /// <exception cref="StorageException">A file cannot be read, or other programs kept changing the files.</exception>
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

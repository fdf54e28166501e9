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
    private static readonly TimeSpan _folderPause = TimeSpan.FromMilliseconds(10);

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
    public Task<HomeLock> LockAsync(IReadOnlyCollection<string> names, TimeSpan wait, CancellationToken cancellationToken) => LockAsync(names, [], wait, cancellationToken);

    /// <summary>Acquires these locks, and those of folders outside of the home, against all homes. Settles interrupted transactions under them.</summary>
    /// <param name="names">The names of locks of the home; may be empty if there are folders.</param>
    /// <param name="folders">The full paths of existing folders, without links in them.</param>
    /// <param name="wait">The maximum time to wait. Zero tries once.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <inheritdoc cref="LockAsync(IReadOnlyCollection{string}, TimeSpan, CancellationToken)"/>
    public async Task<HomeLock> LockAsync(IReadOnlyCollection<string> names, IReadOnlyCollection<string> folders, TimeSpan wait, CancellationToken cancellationToken)
    {
        var asked = LockName.InOrder([.. names, .. folders.Select(NameOf)]);
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
                await AddFoldersAsync(held, folders, wait - _time.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
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

    /// <inheritdoc cref="Recovery.FindBarred()"/>
    public IEnumerable<BarredChange> FindBarredChanges() => _recovery.FindBarred();

    /// <inheritdoc cref="Recovery.SetBarredAside"/>
    public IEnumerable<BarredChange> SetBarredChangesAside(CancellationToken cancellationToken) => _recovery.SetBarredAside(cancellationToken);

    /// <summary>Returns the paths of the temporary files of transactions that are not settled, whether their process lives or not. Takes no lock and writes nothing.</summary>
    /// <exception cref="StorageException"><see cref="ErrorIds.RecoveryPending"/>: a journal is damaged.</exception>
    public IReadOnlyList<string> FindPendingFiles() =>
    [
        .. _journals.List().Select(_journals.ReadWhole).OfType<TransactionJournal>()
            .SelectMany(journal => journal.Entries.SelectMany(entry => new[] { entry, TransactionJournal.AfterMoves(entry, journal.Moves) }))
            .SelectMany(entry => new[] { entry.Staged, entry.Backup, entry.Discarded }).Distinct(),
    ];

    /// <summary>Reads several files as of one moment, in the given order, with null for missing ones. Takes no lock and writes nothing.</summary>
    /// <exception cref="StorageException">A file cannot be read, or other programs kept changing the files.</exception>
    public IReadOnlyList<byte[]?> ReadConsistent(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        _reader.Read(paths, cancellationToken);

    /// <inheritdoc cref="ConsistentReader.Locate(string)"/>
    public string? Locate(string path) => _reader.Locate(path);

    /// <inheritdoc cref="ConsistentReader.ReadAsOne"/>
    public T ReadAsOne<T>(Func<T> read) => _reader.ReadAsOne(read);

    /// <summary>Returns the name of the lock of a folder, for messages.</summary>
    internal static string NameOf(string folder) => $"folder '{folder}'";

    // After the locks of the home, and in the same order in every process, so that nobody waits for each other.
    private async Task AddFoldersAsync(HomeLock held, IReadOnlyCollection<string> folders, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            var started = _time.GetTimestamp();
            foreach (var folder in folders.Distinct(PathEquality.Comparer).Order(StringComparer.Ordinal))
            {
                FolderLock? taken;
                while ((taken = FolderLock.TryAcquire(folder, _disk)) is null)
                {
                    if (_time.GetElapsedTime(started) >= wait) throw new LockTimeoutException(NameOf(folder), _time.GetElapsedTime(started), holder: null);
                    await Task.Delay(_folderPause, _time, cancellationToken).ConfigureAwait(false);
                }

                held.Add([taken]);
                foreach (var consent in Consent.FindAll(folder)) CheckConsent(held, folder, consent);
            }
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // A change of this home was settled under the lock of the folder's name, so its consent is withdrawn already.
    private void CheckConsent(HomeLock held, string folder, Consent consent)
    {
        if (!consent.IsSound)
        {
            held.Warn($"The file {consent.ShownName} in '{folder}' looks like the mark of an interrupted change but is none, and was ignored. Delete it if it is not yours.");
            return;
        }

        var journal = _journals.Find(consent.Id);
        var isOwn = journal is not null || PathEquality.Comparer.Equals(consent.Home, Home);
        // A repository can have brought it. With files of the change beside it, it may belong to a home that another container has at the same path.
        if (isOwn && journal is null && !consent.HasFiles()) consent.Withdraw(_disk);
        else throw Interrupted(folder, consent, isOwn, journal);
    }

    private static StorageException Interrupted(string folder, Consent consent, bool isOwn, string? journal)
    {
        var state = (isOwn, journal) switch
        {
            (false, _) => $"the file '{consent.Path}' says that the home {consent.ShownHome} was interrupted while it changed it; open that home only if it is yours, which settles the change; "
                + $"otherwise delete the file, if there is no file '.skm-{consent.Id}-*.old' in the folder",
            (true, null) => $"a change of it was interrupted, and its journal is gone; restore what is missing from the files '.skm-{consent.Id}-*.old' in it, then delete '{consent.Path}' and them",
            _ => $"a change of it was interrupted, and could not be settled; its journal is '{journal}', "
                + $"and the old contents are in files '.skm-{consent.Id}-*.old' in the folder; restore what is missing, then delete '{consent.Path}' and them",
        };
        return new StorageException(ErrorIds.RecoveryPending, folder, $"cannot change '{folder}': {state}");
    }

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

using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// Changes of several files that happen together or not at all, whatever fails or dies in between. Nothing touches the disk before <see cref="Commit"/>; a
/// transaction that is dropped never was. Not safe from several threads.
/// </summary>
internal sealed class Transaction
{
    private readonly HomeLock _held;
    private readonly Recovery _recovery;
    private readonly JournalFolder _journals;
    private readonly Generation _generation;
    private readonly Disk _disk;
    private readonly List<StagedChange> _changes = [];
    private readonly List<string> _folders = [];
    private bool _ended;

    public Transaction(HomeLock held, Recovery recovery, JournalFolder journals, Generation generation, Disk disk)
    {
        _held = held;
        _recovery = recovery;
        _journals = journals;
        _generation = generation;
        _disk = disk;
    }

    /// <summary>What kept the backups from being deleted after a commit that took hold; the next open deletes them. Null nearly always.</summary>
    public StorageException? CleanupProblem { get; private set; }

    /// <summary>Shall hold these bytes. The folder must be there or be created by this transaction. A link stays: the file that it points at is replaced.</summary>
    /// <param name="path">The file. Its Unix permissions are kept; a new one is its owner's alone.</param>
    /// <param name="content">All of its bytes; must not change before the commit.</param>
    /// <param name="expected">What the caller read there.</param>
    public void Write(string path, ReadOnlyMemory<byte> content, FileExpectation expected = default) => Add(JournalEntryKind.Write, path, content, expected);

    /// <summary>Shall be gone; one that is not there already is. Of a link, the link goes.</summary>
    public void Delete(string path, FileExpectation expected = default) => Add(JournalEntryKind.Delete, path, default, expected);

    /// <summary>Shall be a folder with just what is filled in; what it held before is gone. A link to a folder stays: the folder that it points at is replaced.</summary>
    /// <param name="path">The folder. The one around it must be there or be created by this transaction.</param>
    /// <param name="fill">Makes a folder at the path that it is told and fills it; it need not flush anything. What it throws ends the transaction with all as before.</param>
    /// <param name="expected">What the caller found there: the <see cref="FolderState"/>.</param>
    public void ReplaceFolder(string path, Action<string, CancellationToken> fill, FileExpectation expected = default)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(JournalEntryKind.ReplaceFolder, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), default, expected) { Fill = fill });
    }

    /// <summary>Shall hold what is filled in, which need not fit into memory. The folder must be there or be created by this transaction. A link stays: the file that it points at is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fill">Makes a file at the path that it is told, with the permissions that it shall have; it need not flush it. What it throws ends the transaction with all as before.</param>
    /// <param name="expected">What the caller read there.</param>
    public void ReplaceFile(string path, Action<string, CancellationToken> fill, FileExpectation expected = default)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(JournalEntryKind.Write, Path.GetFullPath(path), default, expected) { Fill = fill });
    }

    /// <summary>Shall be gone with everything in it; one that is not there already is. Of a link, the link goes.</summary>
    public void DeleteFolder(string path, FileExpectation expected = default) => Add(JournalEntryKind.DeleteFolder, Path.TrimEndingDirectorySeparator(path), default, expected);

    /// <summary>Folders that another program wrote to while they were replaced, where they are kept now. Empty nearly always.</summary>
    public IReadOnlyList<string> Kept { get; private set; } = [];

    /// <summary>Shall be there, with the folders above it.</summary>
    public void CreateFolder(string path)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _folders.Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
    }

    /// <summary>Makes the changes, on the device when this returns. Can be cancelled up to the point of no return.</summary>
    /// <exception cref="StorageException">
    /// <see cref="ErrorIds.ConcurrentChange"/>: a file is not what was expected. <see cref="ErrorIds.StorageFailed"/>: the file system refused.
    /// In both cases all is as before. <see cref="ErrorIds.RecoveryPending"/>: it refused the way back as well; the next open settles it.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; all is as before.</exception>
    public void Commit(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        ObjectDisposedException.ThrowIf(_held.IsReleased, _held);
        _ended = true;
        if (_changes.Count == 0 && _folders.Count == 0) return;
        lock (_held.Gate) CommitAlone(cancellationToken);
    }

    private void CommitAlone(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_held.LeftJournal) _recovery.SettleUnder(_held);
        var before = _changes.Select(change => PathState.Read(change)).ToList();
        CheckExpectations(before);
        var run = new TransactionRun(MakeJournal(before), JournalPhase.Intent, _journals, _generation, _disk);
        _held.LeftJournal = true;
        try
        {
            _journals.WriteIntent(run.Journal);
            run.Stage(_changes, cancellationToken);
            CheckUntouched(before);
            cancellationToken.ThrowIfCancellationRequested();
            run.Commit();
            run.Apply(index => CheckLooks(index, before[index]));
            run.Finish();
        }
        catch (Exception problem) when (run.Phase != JournalPhase.Done)
        {
            GoBack(run, problem);
            throw;
        }
        catch (StorageException problem)
        {
            // All targets are new and flushed; only the journal's last rename may not survive a loss of power, and then it is done again.
            CleanupProblem = problem;
        }

        CleanUp(run);
    }

    private void GoBack(TransactionRun run, Exception problem)
    {
        if (run.Phase == JournalPhase.Committed)
        {
            try
            {
                run.Undo(entry => run.PutAside(entry));
            }
            catch (StorageException second)
            {
                // Once it is an intent again all is restored, and only that rename was not flushed: a loss of power would make the next open repeat the way back.
                if (run.Phase != JournalPhase.Intent) throw Pending(run, problem, second);
            }
        }

        CleanUp(run, hasFailed: true);
    }

    // A leftover is no reason to report anything else than what happened to the change itself: the journal stays, and whoever locks or opens next goes on here.
    private void CleanUp(TransactionRun run, bool hasFailed = false)
    {
        try
        {
            run.RemoveLeftovers();
            Kept = run.Kept;
            _held.LeftJournal = false;
        }
        catch (StorageException leftover)
        {
            CleanupProblem = hasFailed ? null : leftover;
        }
    }

    private TransactionJournal MakeJournal(List<PathState> before)
    {
        var id = Guid.NewGuid().ToString("N");
        var entries = _changes.Select((change, index) =>
        {
            var target = change.Target;
            var beside = Path.Combine(Path.GetDirectoryName(target)!, $".skm-{id}-{index}");
            var after = change is { Kind: JournalEntryKind.Write, Fill: null } ? FileState.Hash(change.Content.Span) : null;
            return new JournalEntry(change.Kind, target, $"{beside}.new", $"{beside}.old", before[index].Sha256, after);
        }).ToList();
        var twice = entries.GroupBy(entry => entry.Target, PathEquality.Comparer).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new InvalidOperationException($"a transaction can't change {twice.Key} twice");
        return new TransactionJournal(id, _held.Names, MissingFolders(), entries);
    }

    private List<string> MissingFolders()
    {
        var missing = new List<string>();
        foreach (var folder in _folders)
        {
            var chain = new Stack<string>();
            for (var part = folder; part is not null && !Directory.Exists(part); part = Path.GetDirectoryName(part)) chain.Push(part);
            missing.AddRange(chain.Where(part => !missing.Contains(part, PathEquality.Comparer)));
        }

        return missing;
    }

    private void CheckExpectations(List<PathState> states)
    {
        for (var index = 0; index < _changes.Count; index++)
        {
            if (!_changes[index].Expected.Fits(states[index]) && !FitsBehindLink(_changes[index])) throw Changed(_changes[index].Path);
        }
    }

    // Who read a file through a link expects what it leads to, and deletes the link all the same.
    private static bool FitsBehindLink(StagedChange change) =>
        change.Kind == JournalEntryKind.Delete && LinkState.Read(change.Path) is not null && !Directory.Exists(change.Path)
        && change.Expected.Fits(new PathState(FileState.Read(change.Path).Sha256, default));

    private void CheckUntouched(List<PathState> before)
    {
        for (var index = 0; index < _changes.Count; index++)
        {
            var now = PathState.Read(_changes[index]);
            if (now.Sha256 != before[index].Sha256) throw Changed(_changes[index].Path);
            before[index] = now;
        }
    }

    private void CheckLooks(int index, PathState before)
    {
        if (!before.LooksUnchanged(_changes[index])) throw Changed(_changes[index].Path);
    }

    private void Add(JournalEntryKind kind, string path, ReadOnlyMemory<byte> content, FileExpectation expected)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(kind, Path.GetFullPath(path), content, expected));
    }

    private static StorageException Changed(string path) => new(ErrorIds.ConcurrentChange, path,
        $"{path} was changed by another program meanwhile; nothing was changed, try again");

    private StorageException Pending(TransactionRun run, Exception problem, StorageException second) => new(ErrorIds.RecoveryPending, second.Path,
        $"{problem.Message}, and the change could not be taken back ({second.Message}); the next open of the home settles it, until then its journal is {_journals.PathOf(run.Journal, run.Phase)}",
        problem);
}

using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// Changes several files atomically, even if a process dies or an operation fails in between. Nothing is written before <see cref="Commit"/>; a
/// transaction can be dropped without effect. Not thread-safe.
/// </summary>
internal sealed class Transaction
{
    private readonly HomeLock _held;
    private readonly Recovery _recovery;
    private readonly JournalFolder _journals;
    private readonly Generation _generation;
    private readonly Disk _disk;
    private readonly List<StagedChange> _changes = [];
    private readonly List<StagedChange> _moves = [];
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

    /// <summary>The error that prevented the deletion of backups after a successful commit, which the next open repeats. Nearly always null.</summary>
    public StorageException? CleanupProblem { get; private set; }

    /// <summary>Writes a file. Its folder must exist or be created by this transaction. If the path is a link, its target is replaced.</summary>
    /// <param name="path">The path of the file. Its Unix permissions are kept; a new file is private to its owner.</param>
    /// <param name="content">The bytes, which must not change before the commit.</param>
    /// <param name="expected">The expected current content.</param>
    public void Write(string path, ReadOnlyMemory<byte> content, FileExpectation expected = default) => Add(JournalEntryKind.Write, path, content, expected);

    /// <summary>Writes a new file that is the snapshot of the state before the transaction. If the transaction fails and cannot be rolled back at once, the file stays when it is settled.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="content">The bytes, which must not change before the commit.</param>
    public void WriteWayBack(string path, ReadOnlyMemory<byte> content)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(JournalEntryKind.Write, Path.GetFullPath(path), content, FileExpectation.Absent) { IsWayBack = true });
    }

    /// <summary>Deletes a file, if it exists. If the path is a link, the link is deleted.</summary>
    public void Delete(string path, FileExpectation expected = default) => Add(JournalEntryKind.Delete, path, default, expected);

    /// <summary>Replaces a folder as a whole. If the path is a link to a folder, its target is replaced.</summary>
    /// <param name="path">The path of the folder. Its parent must exist or be created by this transaction.</param>
    /// <param name="fill">Creates and fills a folder at the given path, without flushing. If it throws, the transaction is rolled back.</param>
    /// <param name="expected">The expected current <see cref="FolderState"/>.</param>
    public void ReplaceFolder(string path, Action<string, CancellationToken> fill, FileExpectation expected = default)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(JournalEntryKind.ReplaceFolder, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), default, expected) { Fill = fill });
    }

    /// <summary>Writes a file whose content need not fit into memory. Its folder must exist or be created by this transaction. If the path is a link, its target is replaced.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="fill">Creates a file at the given path with its permissions, without flushing. If it throws, the transaction is rolled back.</param>
    /// <param name="expected">The expected current content.</param>
    public void ReplaceFile(string path, Action<string, CancellationToken> fill, FileExpectation expected = default)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(JournalEntryKind.Write, Path.GetFullPath(path), default, expected) { Fill = fill });
    }

    /// <summary>Creates a file, folder or link, in the place of the file, folder or link that is there. No link is followed.</summary>
    /// <param name="path">The path. Its folder must exist or be created by this transaction.</param>
    /// <param name="fill">Creates a file, folder or link at the given path, without flushing. If it throws, the transaction is rolled back.</param>
    /// <param name="expected">The expected current <see cref="EntryState"/>.</param>
    public void Replace(string path, Action<string, CancellationToken> fill, FileExpectation expected = default)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(JournalEntryKind.Replace, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), default, expected) { Fill = fill });
    }

    /// <summary>Deletes a folder with everything in it, if it exists. If the path is a link, the link is deleted.</summary>
    public void DeleteFolder(string path, FileExpectation expected = default) => Add(JournalEntryKind.DeleteFolder, Path.TrimEndingDirectorySeparator(path), default, expected);

    /// <summary>
    /// Gives a folder, or a link to one, another name in the same folder. Everything in it goes along, and other changes of this transaction in it are made before. Readers see all changes of the
    /// transaction at the moment at which the folder of the last call gets its new name.
    /// </summary>
    /// <param name="from">The path of the folder.</param>
    /// <param name="to">The new path. Nothing must be there.</param>
    public void Move(string from, string to)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _moves.Add(new StagedChange(JournalEntryKind.Move, Path.TrimEndingDirectorySeparator(Path.GetFullPath(to)), default, FileExpectation.Absent) { Source = Path.TrimEndingDirectorySeparator(Path.GetFullPath(from)) });
    }

    /// <summary>The paths at which folders are kept that another program wrote to while they were being replaced. Nearly always empty.</summary>
    public IReadOnlyList<string> Kept { get; private set; } = [];

    /// <summary>A warning for each of them, and those of the locks.</summary>
    public IEnumerable<string> Warnings => [.. _held.Warnings, .. Kept.Select(kept => $"Another program wrote to a folder while it was being replaced. Its version is kept in {kept}.")];

    /// <summary>Creates a folder and its parents, if they do not exist.</summary>
    public void CreateFolder(string path)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _folders.Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
    }

    /// <summary>Commits the changes, which are on the device when this returns. Can be cancelled up to the point of no return.</summary>
    /// <exception cref="StorageException">
    /// <see cref="ErrorIds.ConcurrentChange"/>: a file is not as expected. <see cref="ErrorIds.StorageFailed"/>: a file operation failed.
    /// In both cases nothing was changed. <see cref="ErrorIds.RecoveryPending"/>: the rollback failed as well; the next open settles it.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled. Nothing was changed.</exception>
    public void Commit(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        ObjectDisposedException.ThrowIf(_held.IsReleased, _held);
        _ended = true;
        _changes.AddRange(_moves);
        if (_changes.Count == 0 && _folders.Count == 0) return;
        lock (_held.Gate) CommitAlone(cancellationToken);
    }

    private void CommitAlone(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_held.LeftJournal) _recovery.SettleUnder(_held);
        var before = ReadExpected(cancellationToken);
        CheckExpectations(before);
        var journal = MakeJournal(before);
        _journals.Check(journal);
        var run = new TransactionRun(journal, JournalPhase.Intent, _journals, _generation, _disk);
        _held.LeftJournal = true;
        try
        {
            _journals.WriteIntent(run.Journal);
            run.Stage(_changes, cancellationToken);
            CheckUntouched(before, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            run.Commit();
            run.Apply(index => CheckLooksUnchanged(index, before[index]));
            run.Finish();
        }
        catch (Exception problem) when (run.Phase != JournalPhase.Done)
        {
            RollBack(run, problem);
            throw;
        }
        catch (StorageException problem)
        {
            // All targets are new and flushed. Only the journal's last rename might not survive a power failure, and then it is repeated.
            CleanupProblem = problem;
        }

        CleanUp(run);
    }

    private void RollBack(TransactionRun run, Exception problem)
    {
        if (run.Phase == JournalPhase.Committed)
        {
            try
            {
                run.Undo(entry => run.PutAside(entry));
            }
            catch (StorageException second)
            {
                // Once the journal is an intent again, everything is restored. Only that rename was not flushed: after a power failure, the next open would repeat the rollback.
                if (run.Phase != JournalPhase.Intent) throw Pending(run, problem, second);
            }
        }

        CleanUp(run, hasFailed: true);
    }

    // A leftover must not hide the result of the change itself. The journal stays, and the next lock or open cleans up.
    private void CleanUp(TransactionRun run, bool hasFailed = false)
    {
        try
        {
            run.RemoveLeftovers();
            _held.LeftJournal = false;
        }
        catch (StorageException leftover)
        {
            CleanupProblem = hasFailed ? null : leftover;
        }
        finally
        {
            Kept = run.Kept;
        }
    }

    private TransactionJournal MakeJournal(PathState[] before)
    {
        var id = _disk.NewName();
        var entries = _changes.Select((change, index) =>
        {
            var target = change.Target;
            var after = change is { Kind: JournalEntryKind.Write, Fill: null } ? FileState.Hash(change.Content.Span) : null;
            return new JournalEntry(change.Kind, target, id, index, before[index].Sha256, after ?? IdentityOf(change.Source)) { IsWayBack = change.IsWayBack, Source = change.Source };
        }).ToList();
        var targets = new HashSet<string>(entries.Count, PathEquality.Comparer);
        if (entries.FirstOrDefault(entry => !targets.Add(entry.Target)) is { } twice) throw new InvalidOperationException($"a transaction cannot change {twice.Target} twice");
        var folders = MissingFolders();
        return new TransactionJournal(id, _held.Names, folders, entries)
        {
            OutsideFolders = [.. _held.Folders.Select(one => one.Folder).Where(folder => folders.Concat(entries.Select(entry => entry.Target)).Any(path => IsOutside(folder, path)))],
        };
    }

    // By which a moved folder is told from one that another program makes at its old path.
    private static string? IdentityOf(string? source) => source is not null && FolderIdentity.Of(source) is { } identity ? FileState.Hash(Encoding.UTF8.GetBytes(identity)) : null;

    private bool IsOutside(string folder, string path) => PathEquality.IsIn(folder, path) && !PathEquality.IsIn(_journals.Home, path);

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

    // A folder whose expected state the caller has just read is not read again here: the next check compares it with the disk.
    private PathState[] ReadExpected(CancellationToken cancellationToken)
    {
        var states = new PathState[_changes.Count];
        ParallelItems.ForEach(
            states.Length,
            index =>
            {
                var expected = _changes[index].Expected;
                var state = _changes[index].IsFolder && expected.IsExact ? new PathState(expected.Sha256OrNull, default) : PathState.Read(_changes[index]);
                // The same hash is kept in memory once.
                states[index] = state.Sha256 == expected.Sha256OrNull ? state with { Sha256 = expected.Sha256OrNull } : state;
            },
            cancellationToken);
        return states;
    }

    private void CheckExpectations(PathState[] states)
    {
        for (var index = 0; index < _changes.Count; index++)
        {
            if (!_changes[index].Expected.Fits(states[index]) && !FitsLinkTarget(_changes[index])) throw Changed(_changes[index].Path);
        }
    }

    // A caller that read a file through a link expects the target's content, but deletes the link.
    private static bool FitsLinkTarget(StagedChange change) =>
        change.Kind == JournalEntryKind.Delete && LinkState.Read(change.Path) is not null && !Directory.Exists(change.Path)
        && change.Expected.Fits(new PathState(FileState.Read(change.Path).Sha256, default));

    private void CheckUntouched(PathState[] before, CancellationToken cancellationToken) => ParallelItems.ForEach(
        before.Length,
        index =>
        {
            var now = PathState.Read(_changes[index]);
            if (now.Sha256 != before[index].Sha256) throw Changed(_changes[index].Path);
            // The same hash is kept in memory once.
            before[index] = now with { Sha256 = before[index].Sha256 };
        },
        cancellationToken);

    private void CheckLooksUnchanged(int index, PathState before)
    {
        if (!before.LooksUnchanged(_changes[index])) throw Changed(_changes[index].Path);
    }

    private void Add(JournalEntryKind kind, string path, ReadOnlyMemory<byte> content, FileExpectation expected)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _changes.Add(new StagedChange(kind, Path.GetFullPath(path), content, expected));
    }

    private static StorageException Changed(string path) => new(ErrorIds.ConcurrentChange, path,
        $"another program changed {path} meanwhile, so nothing was written; try again");

    private StorageException Pending(TransactionRun run, Exception problem, StorageException second) => new(ErrorIds.RecoveryPending, second.Path,
        $"{problem.Message}, and the change could not be rolled back ({second.Message}); the next open of the home settles it, until then its journal is {_journals.PathOf(run.Journal, run.Phase)}",
        problem);
}

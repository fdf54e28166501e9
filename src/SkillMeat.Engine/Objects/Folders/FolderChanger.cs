using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Objects.Folders;

/// <summary>Adds planned changes of a folder to a transaction, and verifies the state for which they were planned. Contents are read from the store when the transaction stages them.</summary>
internal sealed class FolderChanger(ObjectStore store, TimeProvider time, string folder)
{
    private readonly TreeWriter _writer = new(store, LinkPolicy.AsScanned);
    private readonly DiskContent _disk = new(store, time);

    /// <summary>Adds the changes.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="changes">The planned changes.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <exception cref="StorageException"><see cref="ErrorIds.ConcurrentChange"/>: the current content is not that for which the changes were planned. Or it cannot be read.</exception>
    public void AddTo(Transaction transaction, IReadOnlyList<FolderChange> changes, CancellationToken cancellationToken)
    {
        var expected = new FileExpectation[changes.Count];
        ParallelItems.ForEach(
            expected.Length,
            index =>
            {
                var change = changes[index];
                expected[index] = Observe(change);
                // The content is read after its state was observed: a write in between changes one or the other. A folder that is absent has none.
                if (!IsAbsentFolder(change, expected[index]) && !IsThere(change.Path, change.Before, cancellationToken)) throw Changed(change.Path);
            },
            cancellationToken);
        for (var index = 0; index < expected.Length; index++) AddTo(transaction, changes[index], expected[index]);
    }

    /// <summary>Checks that a content is still the one for which a change was planned.</summary>
    /// <exception cref="StorageException"><see cref="ErrorIds.ConcurrentChange"/>: it is another one. Or it cannot be read.</exception>
    public void CheckThere(FolderChange change, CancellationToken cancellationToken)
    {
        if (!IsThere(change.Path, change.Before, cancellationToken)) throw Changed(change.Path);
    }

    /// <summary>Reads the changes back and compares them.</summary>
    /// <exception cref="StorageException"><see cref="ErrorIds.ConcurrentChange"/>: the content is not as planned.</exception>
    public void VerifyApplied(IReadOnlyList<FolderChange> changes, CancellationToken cancellationToken)
    {
        ParallelItems.ForEach(
            changes.Count,
            index =>
            {
                var (path, after) = (PathOf(changes[index].Path), changes[index].After);
                if (after is null ? Disk.HasEntry(path) : !_disk.Holds(path, after, cancellationToken))
                {
                    throw new StorageException(ErrorIds.ConcurrentChange, path, $"{path}: another program changed it immediately after it was written; try again");
                }
            },
            cancellationToken);
    }

    private void AddTo(Transaction transaction, FolderChange change, FileExpectation expected)
    {
        var path = PathOf(change.Path);
        switch (change.After)
        {
            case null when change.Before is { Kind: TreeEntryKind.Folder }:
                transaction.DeleteFolder(path, expected);
                break;
            case null:
                transaction.Delete(path, expected);
                break;
            case var wanted when HasLink(change):
                transaction.Replace(path, (staged, cancellationToken) => Fill(wanted, staged, cancellationToken), expected);
                break;
            case { Kind: TreeEntryKind.Folder } wanted:
                transaction.ReplaceFolder(path, (staged, cancellationToken) => _writer.Fill(wanted.Id, wanted.Mode, staged, cancellationToken), expected);
                break;
            case var wanted:
                transaction.ReplaceFile(path, (staged, cancellationToken) => _writer.FillFile(wanted, staged, cancellationToken), expected);
                break;
        }
    }

    private static bool IsAbsentFolder(FolderChange change, FileExpectation observed) =>
        change is { Before: null, After.Kind: TreeEntryKind.Folder } && observed == FileExpectation.Absent;

    // A link is replaced, and not what it leads to.
    private static bool HasLink(FolderChange change) => change.Before is { Kind: TreeEntryKind.Link } || change.After is { Kind: TreeEntryKind.Link };

    private void Fill(TreeEntry wanted, string staged, CancellationToken cancellationToken)
    {
        if (wanted.Kind == TreeEntryKind.Folder) _writer.Fill(wanted.Id, wanted.Mode, staged, cancellationToken);
        else if (wanted.Kind == TreeEntryKind.Link) _writer.FillLink(wanted, staged);
        else _writer.FillFile(wanted, staged, cancellationToken);
    }

    private FileExpectation Observe(FolderChange change)
    {
        var path = PathOf(change.Path);
        if (change.After is { Kind: TreeEntryKind.Link }) return EntryState.Read(path) is { } state ? FileExpectation.Sha256(state) : FileExpectation.Absent;
        if (change.Before is { Kind: TreeEntryKind.Link }) return LinkState.Read(path) is { } link ? FileExpectation.Sha256(link) : FileExpectation.Absent;
        var isFolder = (change.After ?? change.Before) is { Kind: TreeEntryKind.Folder };
        return isFolder ? FileExpectation.Of(FolderState.Read(path)) : FileExpectation.Of(FileState.Read(path));
    }

    private bool IsThere(string path, TreeEntry? wanted, CancellationToken cancellationToken)
    {
        var now = _disk.Read(PathOf(path), wanted?.Name ?? "", cancellationToken);
        if (now is null || wanted is null) return now is null && wanted is null;
        // The permissions of the folder itself are not stored in its tree.
        return path.Length == 0 ? (now.Kind, now.Id) == (wanted.Kind, wanted.Id) : now with { Size = wanted.Size } == wanted;
    }

    private StorageException Changed(string path) => new(ErrorIds.ConcurrentChange, PathOf(path), $"another program changed {PathOf(path)} meanwhile, so nothing was written; try again");

    private string PathOf(string path) => path.Length == 0 ? folder : Path.Combine(folder, path);
}

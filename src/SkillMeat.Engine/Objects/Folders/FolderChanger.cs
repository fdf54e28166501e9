using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Objects.Folders;

/// <summary>Adds planned changes of a folder to a transaction, and sees to it that they meet what they were planned for. Contents come from the store while the transaction stages them.</summary>
internal sealed class FolderChanger(ObjectStore store, TimeProvider time, string folder)
{
    private readonly TreeWriter _writer = new(store, LinkPolicy.AsScanned);
    private readonly DiskContent _disk = new(store, time);

    /// <summary>Adds the changes.</summary>
    /// <param name="transaction">Makes them.</param>
    /// <param name="changes">Planned ones.</param>
    /// <param name="cancellationToken">Ends the reading of what is there.</param>
    /// <exception cref="StorageException"><see cref="ErrorIds.ConcurrentChange"/>: what is there is not what the changes were planned for. Or it can't be read.</exception>
    public void AddTo(Transaction transaction, IReadOnlyList<FolderChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            var expected = Observe(change);
            // What was observed is what the change was planned for only if that is read there after it: whoever writes in between changes one or the other.
            if (!IsThere(change.Path, change.Before, cancellationToken)) throw Changed(change.Path);
            AddTo(transaction, change, expected);
        }
    }

    /// <summary>Reads back what was changed.</summary>
    /// <exception cref="StorageException"><see cref="ErrorIds.ConcurrentChange"/>: it is not as it should be.</exception>
    public void VerifyApplied(IReadOnlyList<FolderChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            var path = PathOf(change.Path);
            if (change.After is null ? Disk.HasEntry(path) : !_disk.Holds(path, change.After, cancellationToken))
            {
                throw new StorageException(ErrorIds.ConcurrentChange, path, $"{path}: another program changed it right after it was written; try again");
            }
        }
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
            case { Kind: TreeEntryKind.Folder } wanted:
                transaction.ReplaceFolder(path, (staged, cancellationToken) => _writer.Fill(wanted.Id, wanted.Mode, staged, cancellationToken), expected);
                break;
            case var wanted:
                transaction.ReplaceFile(path, (staged, cancellationToken) => _writer.FillFile(wanted, staged, cancellationToken), expected);
                break;
        }
    }

    private FileExpectation Observe(FolderChange change)
    {
        var path = PathOf(change.Path);
        if (change.Before is { Kind: TreeEntryKind.Link }) return LinkState.Read(path) is { } link ? FileExpectation.Sha256(link) : FileExpectation.Absent;
        var isFolder = (change.After ?? change.Before) is { Kind: TreeEntryKind.Folder };
        return isFolder ? FileExpectation.Of(FolderState.Read(path)) : FileExpectation.Of(FileState.Read(path));
    }

    private bool IsThere(string path, TreeEntry? wanted, CancellationToken cancellationToken)
    {
        var now = _disk.Read(PathOf(path), wanted?.Name ?? "", cancellationToken);
        if (now is null || wanted is null) return now is null && wanted is null;
        // The permissions of the folder itself are not stored with what is in it.
        return path.Length == 0 ? (now.Kind, now.Id) == (wanted.Kind, wanted.Id) : now with { Size = wanted.Size } == wanted;
    }

    private StorageException Changed(string path) => new(ErrorIds.ConcurrentChange, PathOf(path), $"{PathOf(path)} was changed by another program meanwhile; nothing was changed, try again");

    private string PathOf(string path) => path.Length == 0 ? folder : Path.Combine(folder, path);
}

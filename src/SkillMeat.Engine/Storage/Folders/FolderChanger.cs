using SkillMeat.Storage.Objects;
using SkillMeat.Storage.Objects.Trees;

namespace SkillMeat.Storage.Folders;

/// <summary>Adds planned changes of a folder to a transaction. Contents come from the store while the transaction stages them.</summary>
internal sealed class FolderChanger(ObjectStore store, string folder)
{
    private readonly TreeWriter _writer = new(store, LinkPolicy.AsScanned);

    /// <summary>What each place holds now, to be compared once more at the last moment.</summary>
    /// <exception cref="Errors.StorageException">Something can't be read.</exception>
    public IReadOnlyList<FileExpectation> Observe(IReadOnlyList<FolderChange> changes) => [.. changes.Select(Observe)];

    /// <summary>Adds the changes.</summary>
    /// <param name="transaction">Makes them.</param>
    /// <param name="changes">Planned ones.</param>
    /// <param name="expected">What <see cref="Observe(IReadOnlyList{FolderChange})"/> found.</param>
    public void AddTo(Transaction transaction, IReadOnlyList<FolderChange> changes, IReadOnlyList<FileExpectation> expected)
    {
        for (var i = 0; i < changes.Count; i++) AddTo(transaction, changes[i], expected[i]);
    }

    private void AddTo(Transaction transaction, FolderChange change, FileExpectation expected)
    {
        var path = PathOf(change);
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
        if (change.Before is { Kind: TreeEntryKind.Link }) return LinkState.Read(PathOf(change)) is { } link ? FileExpectation.Sha256(link) : FileExpectation.Absent;
        var isFolder = (change.After ?? change.Before) is { Kind: TreeEntryKind.Folder };
        return isFolder ? FileExpectation.Of(FolderState.Read(PathOf(change))) : FileExpectation.Of(FileState.Read(PathOf(change)));
    }

    private string PathOf(FolderChange change) => change.Path.Length == 0 ? folder : Path.Combine(folder, change.Path);
}

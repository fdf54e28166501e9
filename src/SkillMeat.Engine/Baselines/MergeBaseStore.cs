using SkillMeat.Collections;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Baselines;

/// <summary>
/// Reads and writes the merge bases of a collection. They are kept in a separate file, because Python SkillMeat drops unknown keys from the lock file. The file changes in
/// the same transaction as the lock file.
/// </summary>
internal sealed class MergeBaseStore(CollectionStore store, string collection)
{
    private readonly string _path = store.Layout.Baselines(collection);

    /// <summary>Reads the list. It is empty if the file is missing or invalid.</summary>
    /// <exception cref="Errors.StorageException">The file could not be read.</exception>
    public MergeBaseList Read() => ReadBytes() is { } bytes && MergeBaseFormat.TryRead(bytes, out _) is { } list ? list : new MergeBaseList([]);

    /// <summary>Whether there is a file that is not a list of merge bases, or in which one is invalid.</summary>
    /// <exception cref="Errors.StorageException">The file could not be read.</exception>
    public bool IsDamaged() => ReadBytes() is { } bytes && (MergeBaseFormat.TryRead(bytes, out var isComplete) is null || !isComplete);

    /// <summary>Adds the list to a transaction, unless it is unchanged.</summary>
    public void Write(Transaction change, MergeBaseList list)
    {
        var bytes = MergeBaseFormat.Write(list);
        var before = ReadBytes();
        if (before is not null ? bytes.Span.SequenceEqual(before) : list.All.Count == 0) return;
        change.CreateFolder(Path.GetDirectoryName(_path)!);
        change.Write(_path, bytes, FileExpectation.Of(before));
    }

    private byte[]? ReadBytes()
    {
        OwnFolders.Check(Path.GetDirectoryName(_path)!);
        OwnFolders.Check(_path);
        return store.Storage.ReadConsistent([_path])[0];
    }
}

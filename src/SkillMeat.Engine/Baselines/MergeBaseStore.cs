using SkillMeat.Collections;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Baselines;

/// <summary>
/// Where the baselines of a collection are remembered: a file of ours beside the original's, because the original drops keys of the lock file that it does not know. It changes in
/// the same transaction as the lock file.
/// </summary>
internal sealed class MergeBaseStore(CollectionStore store, string collection)
{
    private readonly string _path = store.Layout.Baselines(collection);

    /// <summary>Reads the list; an empty one where there is none, or none that can be read.</summary>
    /// <exception cref="Errors.StorageException">The file system refused.</exception>
    public MergeBaseList Read() => ReadBytes() is { } bytes && MergeBaseFormat.TryRead(bytes) is { } list ? list : new MergeBaseList([]);

    /// <summary>Adds a new list to a change, unless nothing changed.</summary>
    public void Write(Transaction change, MergeBaseList list)
    {
        var bytes = MergeBaseFormat.Write(list);
        var before = ReadBytes();
        if (before is not null ? before.AsSpan().SequenceEqual(bytes) : list.All.Count == 0) return;
        change.CreateFolder(Path.GetDirectoryName(_path)!);
        change.Write(_path, bytes, FileExpectation.Of(before));
    }

    private byte[]? ReadBytes() => store.Storage.ReadConsistent([_path])[0];
}

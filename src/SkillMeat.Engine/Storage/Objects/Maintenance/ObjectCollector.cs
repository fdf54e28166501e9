using SkillMeat.Errors;
using SkillMeat.Storage.Objects.Packs;

namespace SkillMeat.Storage.Objects.Maintenance;

/// <summary>
/// Takes away the objects that nobody needs: packs without a needed object are deleted, packs that are mostly not needed, and small ones when there are many, are written anew
/// first. At every step either the old pack or the new one is whole.
/// </summary>
/// <remarks>
/// The caller holds locks that keep every <see cref="ObjectWriter"/> of the home away, from before it collects the roots until this returns: a writer that found an object
/// would not store it again. Readers may go on; they look again where a pack is gone.
/// </remarks>
internal sealed class ObjectCollector(ObjectStore store)
{
    private const long SmallPack = 1 << 20;
    private const int MostSmallPacks = 32;

    /// <summary>Takes away everything that the roots don't need.</summary>
    /// <param name="roots">Files and folders that are needed, with everything in them.</param>
    /// <param name="cancellationToken">Stops; what was done until then stays done.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: a tree can't be read, so it is not known what is needed. Nothing was taken away.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>: likewise. Or the file system refused; nothing that is needed is lost.</exception>
    public CollectReport Collect(IEnumerable<ObjectId> roots, CancellationToken cancellationToken)
    {
        store.Folder.RemoveAbandoned();
        store.Catalog.Refresh();
        var live = new LiveObjects(store, cancellationToken);
        foreach (var root in roots) live.Add(root);
        var packs = store.Catalog.Packs;
        var problems = store.Catalog.Damaged.ToList();
        var dead = packs.Where(pack => !pack.Objects.Any(one => live.Ids.Contains(one.Id))).ToList();
        var (written, replaced) = Rewrite(Wasteful(packs.Except(dead), live.Ids), live.Ids, problems, cancellationToken);
        var kept = written.Select(pack => pack.Path).ToHashSet(StringComparer.Ordinal);
        var gone = dead.Concat(replaced).Where(pack => !kept.Contains(pack.Path)).ToList();
        var freed = gone.Sum(LengthOf) - written.Sum(LengthOf);
        Delete(gone, cancellationToken);
        return new CollectReport(live.Ids.Count, gone.Count, written.Count, freed, problems);
    }

    private static List<PackFile> Wasteful(IEnumerable<PackFile> packs, IReadOnlySet<ObjectId> live)
    {
        var all = packs.ToList();
        var small = all.Where(pack => pack.Blocks.Sum(block => (long)block.StoredLength) < SmallPack).ToHashSet();
        return all.FindAll(pack => (small.Count > MostSmallPacks && small.Contains(pack))
            || pack.Objects.Where(one => live.Contains(one.Id)).Sum(one => (long)one.Length) * 2 < pack.Objects.Sum(one => (long)one.Length));
    }

    private (IReadOnlyList<PackFile> Written, List<PackFile> Replaced) Rewrite(
        List<PackFile> packs, IReadOnlySet<ObjectId> live, List<SkillMeatException> problems, CancellationToken cancellationToken)
    {
        using var writer = new PackWriter(store.Folder, store.Disk);
        var added = new HashSet<ObjectId>();
        var replaced = new List<PackFile>();
        foreach (var pack in packs)
        {
            try
            {
                byte[] buffer = [];
                foreach (var one in pack.Objects.Where(one => live.Contains(one.Id) && !added.Contains(one.Id)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var found = store.Reader.Read(one.Id, ref buffer);
                    writer.Add(one.Id, found.Kind, found.Content.Span);
                    added.Add(one.Id);
                }

                replaced.Add(pack);
            }
            catch (DataFileException e)
            {
                // What can still be read of it stays where it is.
                problems.Add(e);
            }
        }

        var written = writer.Complete();
        store.Catalog.Add(written);
        return (written, replaced);
    }

    private void Delete(List<PackFile> packs, CancellationToken cancellationToken)
    {
        if (packs.Count == 0) return;
        foreach (var pack in packs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            store.Disk.DeleteFile(pack.Path, pack.Path);
        }

        store.Disk.FlushFolder(store.Folder.Path);
        store.Catalog.Refresh();
        store.Catalog.SaveCacheIfWorthwhile();
    }

    private static long LengthOf(PackFile pack) => StorageGuard.Run("read", pack.Path, () => new FileInfo(pack.Path).Length);
}

using SkillMeat.Errors;
using SkillMeat.Objects.Packs;
using SkillMeat.Storage;

namespace SkillMeat.Objects.Maintenance;

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

    /// <inheritdoc cref="Collect(IEnumerable{ObjectId}, IEnumerable{ObjectId}, CancellationToken)"/>
    public CollectReport Collect(IEnumerable<ObjectId> roots, CancellationToken cancellationToken) => Collect(roots, [], cancellationToken);

    /// <summary>Takes away everything that the roots don't need.</summary>
    /// <param name="roots">Files and folders that are needed, with everything in them.</param>
    /// <param name="wished">Files and folders that stay as long as they are whole; of what is incomplete already, nothing need stay.</param>
    /// <param name="cancellationToken">Stops; what was done until then stays done.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: a tree can't be read, so it is not known what is needed. Nothing was taken away.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>: likewise. Or the file system refused; nothing that is needed is lost.</exception>
    public CollectReport Collect(IEnumerable<ObjectId> roots, IEnumerable<ObjectId> wished, CancellationToken cancellationToken)
    {
        store.Folder.RemoveAbandoned();
        store.Catalog.Refresh();
        var live = new LiveObjects(store, cancellationToken);
        foreach (var root in roots) live.Add(root);
        foreach (var root in wished) live.TryAdd(root);
        var packs = Assign(store.Catalog.Packs, live.Ids);
        var problems = store.Catalog.Damaged.ToList();
        var (written, replaced) = Rewrite(packs, problems, cancellationToken);
        var kept = written.Select(pack => pack.Path).ToHashSet(StringComparer.Ordinal);
        var gone = packs.Where(one => one.Needed.Count == 0).Select(one => one.Pack).Concat(replaced).Where(pack => !kept.Contains(pack.Path)).ToList();
        var freed = gone.Sum(LengthOf) - written.Sum(LengthOf);
        Delete(gone, cancellationToken);
        return new CollectReport(live.Ids.Count, gone.Count, written.Count, freed, problems);
    }

    // An object that is in several packs, after a collection that was interrupted, say, is needed in one of them only: in the one that is needed most.
    private List<PackUse> Assign(IReadOnlyList<PackFile> packs, IReadOnlySet<ObjectId> live)
    {
        var uses = new List<PackUse>();
        var taken = new HashSet<ObjectId>();
        foreach (var pack in packs.OrderByDescending(pack => LengthOf(pack.Objects.Where(one => live.Contains(one.Id))) / (double)Math.Max(1, LengthOf(pack.Objects))))
        {
            // A second copy counts as none only if the first is as it should be.
            var needed = pack.Objects.Where(one => live.Contains(one.Id) && !(taken.Contains(one.Id) && store.Reader.IsSound(one.Id, except: pack))).ToList();
            taken.UnionWith(needed.Select(one => one.Id));
            uses.Add(new PackUse(pack, needed));
        }

        return uses;
    }

    private static IEnumerable<PackUse> Wasteful(List<PackUse> packs)
    {
        var used = packs.FindAll(one => one.Needed.Count > 0);
        var small = used.Where(one => one.Pack.Blocks.Sum(block => (long)block.StoredLength) < SmallPack).ToHashSet();
        return used.Where(one => (small.Count > MostSmallPacks && small.Contains(one)) || LengthOf(one.Needed) * 2 < LengthOf(one.Pack.Objects));
    }

    private (IReadOnlyList<PackFile> Written, List<PackFile> Replaced) Rewrite(List<PackUse> packs, List<SkillMeatException> problems, CancellationToken cancellationToken)
    {
        using var writer = new PackWriter(store.Folder, store.Disk);
        var added = new HashSet<ObjectId>();
        var replaced = new List<PackFile>();
        byte[] buffer = [];
        foreach (var use in Wasteful(packs))
        {
            try
            {
                foreach (var one in use.Needed.Where(one => !added.Contains(one.Id)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var found = store.Reader.Read(one.Id, ref buffer);
                    writer.Add(one.Id, found.Kind, found.Content.Span);
                    added.Add(one.Id);
                }

                replaced.Add(use.Pack);
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

    private static long LengthOf(IEnumerable<PackedObject> objects) => objects.Sum(one => (long)one.Length);

    private static long LengthOf(PackFile pack) => StorageGuard.Run("read", pack.Path, () => new FileInfo(pack.Path).Length);
}

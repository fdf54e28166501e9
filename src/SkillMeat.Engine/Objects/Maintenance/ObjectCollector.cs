using SkillMeat.Errors;
using SkillMeat.Objects.Packs;
using SkillMeat.Storage;

namespace SkillMeat.Objects.Maintenance;

/// <summary>
/// Removes unneeded objects. Packs without needed objects are deleted. Packs with few needed objects, and small packs if there are many, are rewritten
/// first. At every step, either the old pack or the new one is complete.
/// </summary>
/// <remarks>
/// The caller holds locks that exclude every <see cref="ObjectWriter"/> of the home, from before it determines the roots until this returns: a writer that finds an object
/// does not store it again. Readers can go on, because they look again if a pack is gone.
/// </remarks>
internal sealed class ObjectCollector(ObjectStore store)
{
    private const long SmallPack = 1 << 20;
    private const int MaxSmallPacks = 32;

    /// <inheritdoc cref="Collect(IEnumerable{ObjectId}, IEnumerable{ObjectId}, CancellationToken)"/>
    public CollectReport Collect(IEnumerable<ObjectId> roots, CancellationToken cancellationToken) => Collect(roots, [], cancellationToken);

    /// <summary>Removes everything that the roots do not need.</summary>
    /// <param name="roots">The files and folders that are needed, with everything in them.</param>
    /// <param name="optional">The files and folders to keep if they are complete. Incomplete ones are not kept.</param>
    /// <param name="cancellationToken">Cancels the collection. What is already removed stays removed.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: a tree cannot be read, so the needed objects are unknown. Nothing was removed.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>: as above. Or a file operation failed. No needed object is lost.</exception>
    public CollectReport Collect(IEnumerable<ObjectId> roots, IEnumerable<ObjectId> optional, CancellationToken cancellationToken)
    {
        store.Folder.RemoveAbandoned();
        store.Catalog.Refresh();
        var live = new LiveObjects(store, cancellationToken);
        foreach (var root in roots) live.Add(root);
        foreach (var root in optional) live.TryAdd(root);
        var packs = Assign(store.Catalog.Packs, live.Ids);
        var problems = store.Catalog.Damaged.ToList();
        var (written, replaced) = Rewrite(packs, problems, cancellationToken);
        var kept = written.Select(pack => pack.Path).ToHashSet(StringComparer.Ordinal);
        var gone = packs.Where(one => one.Needed.Count == 0).Select(one => one.Pack).Concat(replaced).Where(pack => !kept.Contains(pack.Path)).ToList();
        var freed = gone.Sum(LengthOf) - written.Sum(LengthOf);
        Delete(gone, cancellationToken);
        return new CollectReport(live.Ids.Count, gone.Count, written.Count, freed, problems);
    }

    // An object may be in several packs, for example after an interrupted collection. Only one copy is needed: that in the pack with the most needed objects.
    private List<PackUse> Assign(IReadOnlyList<PackFile> packs, IReadOnlySet<ObjectId> live)
    {
        var uses = new List<PackUse>();
        var taken = new HashSet<ObjectId>();
        foreach (var pack in packs.OrderByDescending(pack => LengthOf(pack.ReadObjects().Where(one => live.Contains(one.Id))) / (double)Math.Max(1, LengthOf(pack.ReadObjects()))))
        {
            // A second copy is unneeded only if the first one is sound.
            var needed = pack.ReadObjects().Where(one => live.Contains(one.Id) && !(taken.Contains(one.Id) && store.Reader.IsSound(one.Id, except: pack))).ToList();
            taken.UnionWith(needed.Select(one => one.Id));
            uses.Add(new PackUse(pack, needed));
        }

        return uses;
    }

    private static IEnumerable<PackUse> FindWasteful(List<PackUse> packs)
    {
        var used = packs.FindAll(one => one.Needed.Count > 0);
        var small = used.Where(one => one.Pack.Blocks.Sum(block => (long)block.StoredLength) < SmallPack).ToHashSet();
        return used.Where(one => (small.Count > MaxSmallPacks && small.Contains(one)) || LengthOf(one.Needed) * 2 < LengthOf(one.Pack.ReadObjects()));
    }

    private (IReadOnlyList<PackFile> Written, List<PackFile> Replaced) Rewrite(List<PackUse> packs, List<SkillMeatException> problems, CancellationToken cancellationToken)
    {
        using var writer = new PackWriter(store.Folder, store.Disk);
        var added = new HashSet<ObjectId>();
        var replaced = new List<PackFile>();
        byte[] buffer = [];
        foreach (var use in FindWasteful(packs))
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
                // The readable objects of the pack stay where they are.
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

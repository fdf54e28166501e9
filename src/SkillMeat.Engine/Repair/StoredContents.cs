using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Repair;

/// <summary>Verifies the contents of all snapshots and merge bases. Damaged or missing objects are stored again if the collections still have the same bytes.</summary>
internal sealed class StoredContents(CollectionStore store)
{
    public void Repair(RepairRun run, HomeLock? held, IReadOnlyList<string> collections, CancellationToken cancellationToken)
    {
        var damaged = Verify(collections, cancellationToken);
        if (damaged.Count > 0 && !run.IsDry)
        {
            // The verification has marked the bad objects as missing, so the scan stores them again.
            foreach (var name in collections.Where(name => Directory.Exists(store.Layout.CollectionFolder(name)))) new SnapshotTaker(store, name).Scan(cancellationToken);
            var still = Verify(collections, cancellationToken);
            foreach (var (snapshot, problem) in damaged.Where(one => !still.ContainsKey(one.Key))) run.AddRepaired($"damaged contents of snapshot {snapshot.Id}", snapshot.Path, $"stored again from the collection's files ({problem})");
            damaged = still;
        }

        foreach (var (snapshot, problem) in damaged) run.AddUnresolved($"damaged contents of snapshot {snapshot.Id}", snapshot.Path, $"it can no longer be restored ({problem}); remove it if you do not need it");
        foreach (var name in collections) RepairMergeBases(run, held, name, cancellationToken);
    }

    private Dictionary<(string Id, string Path), string> Verify(IReadOnlyList<string> collections, CancellationToken cancellationToken)
    {
        var problems = new Dictionary<(string Id, string Path), string>();
        var roots = new Dictionary<string, (string Id, string Path, ObjectId Tree)>(StringComparer.Ordinal);
        foreach (var name in collections)
        {
            var trees = new TreeSnapshotStore(store, name);
            foreach (var id in trees.Ids())
            {
                try
                {
                    roots.Add($"{name}@{id}", (id, trees.PathOf(id), trees.Read(id).Tree));
                }
                catch (DataFileException e)
                {
                    problems.Add((id, trees.PathOf(id)), e.Message);
                }
            }
        }

        // In one run, so that objects shared by snapshots are read once.
        var report = new ObjectVerifier(store.Objects).VerifyTrees(roots.Select(root => (root.Key, root.Value.Tree)), cancellationToken);
        foreach (var problem in report.Problems)
        {
            var root = roots[problem.Path.Split('/')[0]];
            problems.TryAdd((root.Id, root.Path), problem.Message);
        }

        return problems;
    }

    // Without the base, a merge looks for it upstream or in snapshots.
    private void RepairMergeBases(RepairRun run, HomeLock? held, string collection, CancellationToken cancellationToken)
    {
        var mergeBases = new MergeBaseStore(store, collection);
        var list = mergeBases.Read();
        var lost = list.All.Where(one => !IsWhole(one)).ToList();
        var isDamaged = mergeBases.IsDamaged();
        if (lost.Count == 0 && !isDamaged) return;
        if (isDamaged) run.AddRepaired("an unreadable list of merge bases", store.Layout.Baselines(collection), "unreadable ones removed; the next updates look for the bases upstream and in snapshots");
        foreach (var one in lost) run.AddRepaired($"damaged merge base of {one.Artifact}", store.Layout.Baselines(collection), "removed; the next update looks for it upstream and in snapshots");
        if (run.IsDry) return;
        var change = store.Storage.Begin(held!);
        mergeBases.Write(change, new MergeBaseList(list.All.Except(lost)));
        change.Commit(cancellationToken);
    }

    private bool IsWhole(MergeBase one)
    {
        try
        {
            return ContentFiles.Of(store.Objects, one.Content).ContentHash() == one.ContentHash;
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing)
        {
            return false;
        }
    }
}

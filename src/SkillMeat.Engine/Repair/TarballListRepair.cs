using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Repair;

/// <summary>
/// Removes damaged tarballs from the list of Python SkillMeat, which deletes a collection before it opens the tarball to restore. The file itself stays.
/// </summary>
internal sealed class TarballListRepair(CollectionStore store, string collection)
{
    private readonly string _path = Path.Combine(store.Layout.SnapshotsFolder(collection), "snapshots.toml");

    public void Repair(RepairRun run, HomeLock? held, CancellationToken cancellationToken)
    {
        try
        {
            var list = TarballList.Read(_path);
            var damaged = list.Records().Where(record => IsDamaged(run, record, cancellationToken)).Select(record => record.Id).ToList();
            if (run.IsDry || damaged.Count == 0) return;
            list.Remove(damaged);
            var change = store.Storage.Begin(held!);
            change.Write(_path, list.ToBytes(), FileExpectation.Of(list.Bytes));
            change.Commit(cancellationToken);
        }
        catch (DataFileException e)
        {
            run.AddUnresolved("an unreadable list of snapshots", _path, $"{e.Problem}{(e.Line > 0 ? $" (line {e.Line})" : "")}; correct it by hand");
        }
    }

    private bool IsDamaged(RepairRun run, TarballRecord record, CancellationToken cancellationToken)
    {
        try
        {
            new TarballCheck(record.Path).Run(record.Id, collection, cancellationToken);
            return false;
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ArchiveRefused or ErrorIds.StorageFailed)
        {
            var what = File.Exists(record.Path) ? "is damaged" : "is missing";
            run.AddRepaired($"snapshot {record.Id}, whose tarball {what}", record.Path, "removed from the list of Python SkillMeat, which would delete the collection before it opens the tarball");
            return true;
        }
    }
}

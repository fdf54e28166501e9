using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Snapshots;

/// <summary>
/// The <see cref="StateSnapshot"/>s of a collection: one file each, beside the original's tarballs and never listed in its <c>snapshots.toml</c>,
/// because the original deletes the collection before it looks whether it can restore what is listed there.
/// </summary>
internal sealed class StateSnapshotStore(CollectionStore store, string collection)
{
    private const string Ending = ".state.json.gz";
    private const string IdFormat = "yyyyMMdd-HHmmss-ffffff";

    private readonly string _folder = store.Layout.SnapshotsFolder(collection);

    /// <summary>An id that no snapshot has yet; to be called under the collection's lock.</summary>
    public string NewId(DateTimeOffset now)
    {
        for (var time = now.UtcDateTime; ; time = time.AddTicks(TimeSpan.TicksPerMicrosecond))
        {
            var id = time.ToString(IdFormat, CultureInfo.InvariantCulture);
            if (!File.Exists(PathOf(id)))
            {
                return id;
            }
        }
    }

    /// <summary>Adds a snapshot to a change, and to it the removal of automatic ones beyond the newest <paramref name="keep"/>.</summary>
    public void Add(Transaction change, StateSnapshot snapshot, int keep)
    {
        change.CreateFolder(_folder);
        change.Write(PathOf(snapshot.Id), StateSnapshotFormat.Write(snapshot), FileExpectation.Absent);
        foreach (var old in Ids().Skip(Math.Max(keep, 1) - 1))
        {
            change.Delete(PathOf(old), FileExpectation.Any);
        }
    }

    public SnapshotPage List(int skip, int take, Predicate<string> fits)
    {
        var ids = Ids().FindAll(fits);
        return new SnapshotPage(ids.Skip(skip).Take(take).Select(ReadInfo).ToList(), ids.Count, Math.Min(skip, ids.Count));
    }

    public StateSnapshot Read(string id)
    {
        var path = PathOf(Known(id));
        return StateSnapshotFormat.Read(StorageGuard.Run("read", path, () => File.ReadAllBytes(path)), path);
    }

    public SnapshotInfo Find(string id) => ReadInfo(Known(id));

    /// <summary>Adds the removal of snapshots to a change; one that is gone already is removed as well as it can be.</summary>
    public void Remove(Transaction change, IEnumerable<string> ids)
    {
        foreach (var id in Ids().Intersect(ids))
        {
            change.Delete(PathOf(id), FileExpectation.Any);
        }
    }

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    private string Known(string id) => Ids() is var ids && ids.Contains(id) ? id : throw new SkillMeatException(
        ErrorIds.SnapshotNotFound,
        $"Collection '{collection}' has no snapshot '{id}'. {(ids is [var newest, ..] ? $"The newest is {newest}." : "It has none yet.")}");

    /// <summary>The ids, newest first. An id is a time, so its order is the order of time.</summary>
    private List<string> Ids() => StorageGuard.Run(
        "read",
        _folder,
        () => Directory.Exists(_folder)
            ? Directory.EnumerateFiles(_folder, "*" + Ending)
                .Select(f => Path.GetFileName(f)[..^Ending.Length])
                .Where(id => DateTime.TryParseExact(id, IdFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                .OrderDescending(StringComparer.Ordinal)
                .ToList()
            : []);

    private SnapshotInfo ReadInfo(string id)
    {
        var path = PathOf(id);
        using var file = StorageGuard.Run("read", path, () => File.OpenRead(path));
        var size = file.Length;
        try
        {
            // Named as it can be restored, whatever the file says of itself.
            return StateSnapshotFormat.ReadInfo(file, size, path) with { Id = id };
        }
        catch (DataFileException e)
        {
            // The others are what somebody needs now, so one that is damaged must not hide them.
            return new SnapshotInfo(id, "", collection, TimeOf(id), "", 0, size, e.Message);
        }
    }

    private static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.ParseExact(id, IdFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private string PathOf(string id) => Path.Combine(_folder, id + Ending);
}

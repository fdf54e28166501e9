using SkillMeat.Collections;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>The snapshots of a collection that are tarballs, made by Python SkillMeat or exported for it.</summary>
internal sealed class TarballStore(CollectionStore store, string collection) : ISnapshotStore
{
    /// <summary>The file name of the list.</summary>
    public const string ListName = "snapshots.toml";

    private readonly string _folder = store.Layout.SnapshotsFolder(collection);

    private string ListPath => WhereIs(Path.Combine(_folder, ListName));

    public IReadOnlyList<string> Ids() => [.. Records().Select(record => record.Id)];

    public bool Contains(string id) => Records().Any(record => record.Id == id);

    public IReadOnlyList<string> AutomaticIds() => [.. Records().Where(record => KindOf(record) == SnapshotKind.Automatic).Select(record => record.Id)];

    /// <summary>Returns the path of the tarball of a listed snapshot, which may be missing.</summary>
    public string PathOf(string id) => WhereIs(RecordOf(id).Path);

    /// <summary>Returns the path for an export into the home.</summary>
    public string PathForExport(string id) => Path.Combine(_folder, $"{id}.tar.gz");

    public SnapshotInfo ReadInfo(string id) => ReadInfo(RecordOf(id));

    /// <summary>Reads the data of several snapshots for lists, reading the file once.</summary>
    public IReadOnlyDictionary<string, SnapshotInfo> ReadInfos(IEnumerable<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        return Records().Where(record => wanted.Contains(record.Id)).DistinctBy(record => record.Id).ToDictionary(record => record.Id, ReadInfo, StringComparer.Ordinal);
    }

    private SnapshotInfo ReadInfo(TarballRecord record)
    {
        var file = new FileInfo(WhereIs(record.Path));
        return new SnapshotInfo(
            record.Id,
            KindOf(record),
            collection,
            record.CreatedAt,
            record.Message,
            record.ArtifactCount,
            file.Exists ? file.Length : 0,
            file.Exists ? null : $"{record.Path}: the tarball is missing");
    }

    /// <summary>Adds a tarball and its list entry to a transaction.</summary>
    /// <param name="change">The transaction that writes both.</param>
    /// <param name="record">The entry.</param>
    /// <param name="fill">Creates the file at the given path.</param>
    public void Add(Transaction change, TarballRecord record, Action<string, CancellationToken> fill)
    {
        var list = TarballList.Read(ListPath);
        list.Remove([record.Id]);
        list.Add(record);
        change.CreateFolder(_folder);
        change.ReplaceFile(record.Path, fill);
        change.Write(ListPath, list.ToBytes(), FileExpectation.Of(list.Bytes));
    }

    public void Remove(Transaction change, IReadOnlyCollection<string> ids)
    {
        var list = TarballList.Read(ListPath);
        var gone = list.Records().Where(record => ids.Contains(record.Id)).ToList();
        if (gone.Count == 0)
        {
            return;
        }

        list.Remove([.. gone.Select(record => record.Id)]);
        change.Write(ListPath, list.ToBytes(), FileExpectation.Of(list.Bytes));
        // A tarball outside this folder is not ours to delete, and under another name it is another snapshot.
        foreach (var record in gone.Where(record => Path.GetFullPath(record.Path) == PathForExport(record.Id) && File.Exists(record.Path)))
        {
            change.Delete(record.Path);
        }
    }

    private static string KindOf(TarballRecord record) =>
        record.Message.StartsWith("[auto] ", StringComparison.Ordinal) || record.Message.StartsWith("pre-refresh-", StringComparison.Ordinal) ? SnapshotKind.Automatic : SnapshotKind.Manual;

    // In the middle of a rename of the collection, the list and the tarballs are not where they were.
    private string WhereIs(string path) => store.Storage.Locate(path) ?? path;

    private TarballRecord RecordOf(string id) => Records().First(record => record.Id == id);

    private IReadOnlyList<TarballRecord> Records() => TarballList.Read(ListPath).Records();
}

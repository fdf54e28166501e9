using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Projects.Syncing;

/// <summary>The changes of a sync outside of collections: the copies in projects, their records, and the contents that the home keeps for them. Not thread-safe.</summary>
internal sealed class ProjectChanges(CollectionStore store, ObjectStore objects, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, List<FolderChange>> _changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DeploymentFile File, byte[]? Before, string Path)> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (KeptContentList List, byte[]? Before)> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly OutsideFolders _outside = new(store.Home);

    /// <summary>Whether there is something to write.</summary>
    public bool HasChanges => _changes.Count > 0 || _records.Values.Any(one => IsChanged(one.Before, one.File.ToBytes())) || _kept.Values.Any(one => IsChanged(one.Before, BytesOf(one)));

    /// <summary>Returns the records beside a copy, to be edited.</summary>
    /// <exception cref="Errors.SkillMeatException">They cannot be read.</exception>
    public DeploymentFile RecordsOf(SyncTarget target)
    {
        if (_records.TryGetValue(target.RecordsPath, out var known)) return known.File;
        var (_, path) = _outside.Find(target.Site, target.RecordsPath);
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        var file = DeploymentFile.Parse(bytes, path, new LocalTime(store.Time.LocalTimeZone));
        _records[target.RecordsPath] = (file, bytes, path);
        return file;
    }

    /// <summary>Returns the contents that the home keeps for a project.</summary>
    /// <exception cref="Errors.DataFileException">The list is damaged.</exception>
    public KeptContentList KeptOf(string project)
    {
        if (_kept.TryGetValue(project, out var known)) return known.List;
        var path = KeptContentList.PathOf(store.Home, project);
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        var list = KeptContentList.Parse(bytes, path, project);
        _kept[project] = (list, bytes);
        return list;
    }

    /// <summary>Keeps contents for a project.</summary>
    public void Keep(string project, IReadOnlyCollection<KeptContent> contents)
    {
        var list = KeptOf(project).With(contents);
        _kept[project] = (list, _kept[project].Before);
    }

    /// <summary>Adds the change of a copy.</summary>
    /// <param name="folder">The locked folder.</param>
    /// <param name="path">The full path in it.</param>
    /// <param name="changes">The changes, with paths relative to the folder.</param>
    public void Change(string folder, string path, IEnumerable<FolderChange> changes)
    {
        if (!_changes.TryGetValue(folder, out var all)) _changes[folder] = all = [];
        var before = all.Count;
        all.AddRange(changes);
        if (all.Count > before) _folders.Add(Path.GetDirectoryName(path)!);
    }

    /// <summary>Adds everything to a transaction.</summary>
    /// <exception cref="Errors.StorageException">Another program changed a copy meanwhile.</exception>
    public void AddTo(Transaction transaction)
    {
        foreach (var folder in _folders) transaction.CreateFolder(folder);
        foreach (var (folder, changes) in _changes) new FolderChanger(objects, store.Time, folder).AddTo(transaction, changes, cancellationToken);
        foreach (var (file, before, path) in _records.Values) WriteIfChanged(transaction, path, before, file.ToBytes());
        foreach (var (project, one) in _kept)
        {
            var path = KeptContentList.PathOf(store.Home, project);
            var bytes = BytesOf(one);
            if (IsChanged(one.Before, bytes)) transaction.CreateFolder(Path.GetDirectoryName(path)!);
            WriteIfChanged(transaction, path, one.Before, bytes);
        }
    }

    private static byte[] BytesOf((KeptContentList List, byte[]? Before) one) => one.List.All.Count > 0 || one.Before is not null ? one.List.ToBytes() : [];

    private static bool IsChanged(byte[]? before, byte[] after) => before is null ? after.Length > 0 : !after.AsSpan().SequenceEqual(before);

    private static void WriteIfChanged(Transaction transaction, string path, byte[]? before, byte[] after)
    {
        if (IsChanged(before, after)) transaction.Write(path, after, FileExpectation.Of(before));
    }
}

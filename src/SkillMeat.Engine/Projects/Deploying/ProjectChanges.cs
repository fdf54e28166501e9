using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Projects.Deploying;

/// <summary>The changes of an operation in projects: the copies, their records, and the contents that the home keeps for them. Nothing is changed before <see cref="AddTo"/>. Not thread-safe.</summary>
internal sealed class ProjectChanges(CollectionStore store, ObjectStore objects, OutsideFolders outside, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, List<FolderChange>> _changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordsEdit> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (KeptContentList List, byte[]? Before)> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<KeptContent>> _keptNow = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProjectSite> _sites = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<(string Path, byte[] Before)> _deleted = [];
    private readonly MadeFolders _made = new();

    /// <summary>The memory of the home about projects.</summary>
    public ProjectMemory Memory { get; } = new(store, cancellationToken);

    /// <summary>The projects whose kept contents were asked for.</summary>
    public IEnumerable<ProjectSite> Sites => _sites.Values;

    /// <summary>Whether there is something to write.</summary>
    public bool HasChanges => _changes.Count > 0 || _records.Values.Any(one => one.IsChanged) || _kept.Keys.Any(project => IsChanged(_kept[project].Before, BytesOf(project)));

    /// <summary>Returns the records of a profile root, to be edited.</summary>
    /// <exception cref="SkillMeatException">They cannot be read.</exception>
    public RecordsEdit RecordsOf(ProjectSite site, string root)
    {
        var (_, path) = outside.Find(site, site.FullPath(root, DeploymentFile.Name));
        if (_records.TryGetValue(path, out var known)) return known;
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        return _records[path] = new RecordsEdit(site, path, bytes, DeploymentFile.Parse(bytes, path, site, store));
    }

    /// <summary>Returns the contents that the home keeps for a project, as they were read.</summary>
    /// <exception cref="DataFileException">The list is damaged.</exception>
    public KeptContentList KeptOf(ProjectSite site)
    {
        if (!_kept.TryGetValue(site.Folder, out var known)) _kept[site.Folder] = known = Memory.Read(site);
        _sites.TryAdd(site.Folder, site);
        return known.List;
    }

    /// <summary>Keeps a content that is replaced or removed.</summary>
    /// <returns>A sentence that says that it takes the place of an older one, or null.</returns>
    public string? KeepReplaced(ProjectSite site, KeptContent content)
    {
        var kept = (_keptNow.GetValueOrDefault(site.Folder) ?? []).Concat(KeptOf(site).All)
            .Where(one => one.ReplacedAt is not null && one.Path == content.Path && (one.Object, one.Content.Kind) != (content.Object, content.Content.Kind))
            .DistinctBy(one => (one.Object, one.Content.Kind)).Take(KeptContentList.MaxReplacedPerPath).ToList();
        Keep(site, content);
        return kept.Count < KeptContentList.MaxReplacedPerPath ? null
            : $"It takes the place of the oldest of the {KeptContentList.MaxReplacedPerPath} contents that are kept of a copy, which was replaced on {kept[^1].ReplacedAt!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC.";
    }

    /// <summary>Keeps contents for a project.</summary>
    public void Keep(ProjectSite site, params KeptContent[] contents)
    {
        KeptOf(site);
        if (!_keptNow.TryGetValue(site.Folder, out var all)) _keptNow[site.Folder] = all = [];
        all.InsertRange(0, contents);
    }

    /// <summary>Adds the change of a copy.</summary>
    /// <param name="site">The project.</param>
    /// <param name="folder">The locked folder.</param>
    /// <param name="path">The full path of the copy in it.</param>
    /// <param name="changes">The changes, with paths relative to the folder.</param>
    public void Change(ProjectSite site, string folder, string path, IEnumerable<FolderChange> changes)
    {
        if (!_changes.TryGetValue(folder, out var all)) _changes[folder] = all = [];
        foreach (var change in changes)
        {
            all.Add(change);
            var changed = PathOf(folder, change);
            if (change.After is null)
            {
                _made.Remove(changed);
                continue;
            }

            _made.Fill(changed);
            NeedFolder(site, Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Creates a folder, if it does not exist.</summary>
    public void NeedFolder(ProjectSite site, string folder)
    {
        if (_folders.Add(folder)) _made.Make(site, folder);
    }

    /// <summary>Notes a copy that was gone already.</summary>
    public void NoteGone(string path) => _made.Remove(path);

    /// <summary>Notes that a file is deleted by another part of the transaction.</summary>
    public void NoteDeleted(string path, byte[] before)
    {
        _made.Remove(path);
        _deleted.Add((path, before));
    }

    /// <summary>Adds everything to a transaction.</summary>
    /// <exception cref="StorageException">Another program changed a copy meanwhile.</exception>
    public void AddTo(Transaction transaction)
    {
        foreach (var records in _records.Values.Where(one => one.IsChanged))
        {
            if (records.IsDeleted)
            {
                _made.Remove(records.Path);
                continue;
            }

            _made.Fill(records.Path);
            NeedFolder(records.Site, Path.GetDirectoryName(records.Path)!);
        }

        foreach (var folder in _folders) transaction.CreateFolder(folder);
        foreach (var project in _kept.Keys.ToList()) AddKept(transaction, project);
        var emptied = _made.FindEmptied();
        foreach (var folder in emptied) DeleteEmptied(transaction, folder);
        foreach (var (folder, changes) in _changes)
        {
            new FolderChanger(objects, store.Time, folder).AddTo(transaction, [.. changes.Where(change => !IsInEmptied(PathOf(folder, change)))], cancellationToken);
        }

        foreach (var records in _records.Values.Where(records => !IsInEmptied(records.Path))) Write(transaction, records.Path, records.Before, records.File.ToBytes());
    }

    /// <summary>Whether something is deleted with the folder around it, which is going to be empty. Known after <see cref="AddTo"/>.</summary>
    public bool IsInEmptied(string path) => _made.FindEmptied().Any(folder => PathEquality.IsIn(folder, path));

    // One deletion of the whole folder, so that an interrupted change leaves no empty one. What was planned for its contents is checked after its state was read: a write in between changes one or the other.
    private void DeleteEmptied(Transaction transaction, string folder)
    {
        var observed = FileExpectation.Of(FolderState.Read(folder));
        foreach (var (root, changes) in _changes)
        {
            foreach (var change in changes.Where(change => PathEquality.IsIn(folder, PathOf(root, change)))) new FolderChanger(objects, store.Time, root).CheckThere(change, cancellationToken);
        }

        var files = _records.Values.Where(records => records.Before is not null).Select(records => (records.Path, Before: records.Before!)).Concat(_deleted).Where(one => PathEquality.IsIn(folder, one.Path));
        if (files.Any(one => !(store.Storage.ReadConsistent([one.Path], cancellationToken)[0] ?? []).AsSpan().SequenceEqual(one.Before)) || !_made.IsAllRemoved(folder))
        {
            throw new StorageException(ErrorIds.ConcurrentChange, folder, $"another program changed {folder} meanwhile, so nothing was written; try again");
        }

        transaction.DeleteFolder(folder, observed);
    }

    private static string PathOf(string folder, FolderChange change) => Path.Combine(folder, change.Path.Replace('/', Path.DirectorySeparatorChar));

    private void AddKept(Transaction transaction, string project)
    {
        var path = KeptContentList.PathOf(store.Home, project);
        var (before, after) = (_kept[project].Before, BytesOf(project));
        if (IsChanged(before, after)) transaction.CreateFolder(Path.GetDirectoryName(path)!);
        Write(transaction, path, before, after);
    }

    // A folder that was made there is remembered even if nothing else of the project is. That the project's folder is another one by now is no change by itself.
    private byte[] BytesOf(string project)
    {
        var (read, before) = _kept[project];
        var list = read.With(_keptNow.GetValueOrDefault(project) ?? []);
        list = list.WithMadeFolders(_made.Of(project, read.MadeFolders));
        if (list.All.Count == 0 && before is null) return [];
        var bytes = list.ToBytes();
        return IsChanged(before, bytes) ? list.WithFolder(FolderIdentity.Of(project)).ToBytes() : bytes;
    }

    private static bool IsChanged(byte[]? before, byte[] after) => before is null ? after.Length > 0 : !after.AsSpan().SequenceEqual(before);

    private static void Write(Transaction transaction, string path, byte[]? before, byte[] after)
    {
        if (after.Length == 0 && before is not null) transaction.Delete(path, FileExpectation.Of(before));
        else if (IsChanged(before, after)) transaction.Write(path, after, FileExpectation.Of(before));
    }
}

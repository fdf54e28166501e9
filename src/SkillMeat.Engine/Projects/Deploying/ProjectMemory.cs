using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>
/// Reads the contents that the home keeps for a project. They are listed under its path, so a project that was moved or copied is recognized by its records: the same artifacts at the same places, with
/// contents that this home deployed. For one plan. Not thread-safe.
/// </summary>
/// <remarks>The lists of other projects are read only, never changed: a folder that is gone can be on a volume that is not mounted.</remarks>
internal sealed class ProjectMemory(CollectionStore store, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, (KeptContentList List, byte[]? Before)> _known = new(StringComparer.Ordinal);

    /// <summary>Reads the contents.</summary>
    /// <returns>The list, and the bytes of its own file; null if there is none.</returns>
    /// <exception cref="DataFileException">The list of the project is damaged.</exception>
    public (KeptContentList List, byte[]? Before) Read(ProjectSite site)
    {
        if (_known.TryGetValue(site.Folder, out var known)) return known;
        var (own, bytes, path) = ReadOwn(site);
        var records = site.User is null ? ReadRecords(site) : [];
        var isComplete = records.All(record => own.Find(record.Path, record.Record.ContentHash) is not null);
        return _known[site.Folder] = (isComplete ? own : Complete(own, path, records), bytes);
    }

    /// <summary>Returns the folder in which a project was before: it is gone, and all of the records are from there. Null if that is not known.</summary>
    public string? FindEarlier(ProjectSite site)
    {
        if (site.User is not null) return null;
        var (own, _, path) = ReadOwn(site);
        var records = ReadRecords(site);
        return FindOthers(own, path, records).Where(other => other.IsGone && other.Matches == records.Count).ToList() is [var only] ? only.Folder : null;
    }

    private (KeptContentList List, byte[]? Bytes, string Path) ReadOwn(ProjectSite site)
    {
        var path = KeptContentList.PathOf(store.Home, site.Folder);
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        return (KeptContentList.Parse(bytes, path, site.Folder), bytes, path);
    }

    private KeptContentList Complete(KeptContentList own, string path, IReadOnlyList<(string Path, DeploymentRecord Record)> records)
    {
        var others = FindOthers(own, path, records);
        var gone = others.Where(other => other.IsGone).ToList();
        var best = gone.Where(other => other.Matches == gone.Max(one => one.Matches));
        // A copy of a project that is still there has the same bases, but nothing else of it is its own.
        var bases = others.SelectMany(other => other.Moved.All).Where(one => one.ReplacedAt is null && records.Any(record => record.Record.Artifact == one.Artifact && record.Record.ContentHash == one.ContentHash && IsAt(one, record.Path)));
        // The list that was written last knows what is newest.
        var lists = best.Select(other => (List: other.Moved, other.File)).Append((List: own, File: path)).OrderByDescending(one => File.GetLastWriteTimeUtc(one.File)).Select(one => one.List).ToList();
        return new KeptContentList(own.Project, [.. lists.SelectMany(list => list.All), .. bases], [.. lists.SelectMany(list => list.MadeFolders).Distinct(PathEquality.Comparer)]).With([]);
    }

    private IReadOnlyList<(string Folder, string File, KeptContentList Moved, int Matches, bool IsGone)> FindOthers(KeptContentList own, string path, IReadOnlyList<(string Path, DeploymentRecord Record)> records) =>
    [
        .. KeptContentList.FindFiles(store.Home).Where(file => file != path).Select(file => (List: TryRead(file), File: file)).Where(other => other.List is not null && other.List.Project != own.Project)
            .Select(other => (other.List!.Project, other.File, Moved: other.List.MovedTo(own.Project)))
            .Select(other => (other.Project, other.File, other.Moved, Matches: records.Count(record => IsFrom(record, other.Moved)), IsGone: !Directory.Exists(other.Project)))
            .Where(other => other.Matches > 0),
    ];

    private static bool IsFrom((string Path, DeploymentRecord Record) record, KeptContentList list) => list.All.Any(one =>
        one.ReplacedAt is null && one.Artifact == record.Record.Artifact && IsAt(one, record.Path) && (one.ContentHash == record.Record.ContentHash || record.Record.Lineage.Contains(one.ContentHash)));

    private static bool IsAt(KeptContent one, string path) => PathEquality.Comparer.Equals(one.Path, path);

    private IReadOnlyList<(string Path, DeploymentRecord Record)> ReadRecords(ProjectSite site)
    {
        try
        {
            return [.. new ProjectRecords(site, store.Storage, new LocalTime(store.Time.LocalTimeZone)).ReadAll().Select(one => (site.FullPath(one.Root, one.Record.Path), one.Record))];
        }
        catch (SkillMeatException e) when (e is DataFileException or StorageException)
        {
            // The operation itself reads the records, and reports this.
            return [];
        }
    }

    // A list of another project that cannot be read does not concern this one.
    private KeptContentList? TryRead(string file)
    {
        try
        {
            return KeptContentList.Parse(store.Storage.ReadConsistent([file], cancellationToken)[0], file, project: "") is var list && Path.IsPathFullyQualified(list.Project) ? list : null;
        }
        catch (SkillMeatException e) when (e is DataFileException or StorageException)
        {
            return null;
        }
    }
}

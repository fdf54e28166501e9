using System.Collections.Concurrent;
using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>
/// Reads the contents that the home keeps for a project. They are listed under its path. A project that was moved is recognized by its folder, and has everything of the list at its earlier path; any other one,
/// which can be a copy of a project whose volume is not mounted, only finds the bases that its records name. For one plan. Thread-safe.
/// </summary>
/// <remarks>The lists of other projects are read only, never changed.</remarks>
internal sealed class ProjectMemory(CollectionStore store, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<string, (KeptContentList List, byte[]? Before)> _known = new(StringComparer.Ordinal);
    private readonly OtherKeptLists _others = new(store, cancellationToken);
    private readonly Lazy<IReadOnlyDictionary<string, (ActivatedList List, string Path, byte[] Bytes)>> _goneActivations = new(() => Activation.GoneActivations.Read(store, cancellationToken));

    /// <summary>The activated parts of projects whose folders are gone, by the folders.</summary>
    /// <exception cref="StorageException">They cannot be read.</exception>
    public IReadOnlyDictionary<string, (ActivatedList List, string Path, byte[] Bytes)> GoneActivations => _goneActivations.Value;

    /// <summary>Reads the contents.</summary>
    /// <returns>The list, and the bytes of its own file; null if there is none.</returns>
    /// <exception cref="DataFileException">The list of the project is damaged.</exception>
    public (KeptContentList List, byte[]? Before) Read(ProjectSite site) => _known.GetOrAdd(site.Folder, _ => ReadNew(site));

    /// <summary>Returns the folders in which a project was before, the one that was written last first.</summary>
    public IReadOnlyList<string> FindEarlier(ProjectSite site) => site.User is not null ? [] : [.. _others.FindEarlier(site.Folder).OrderByDescending(one => one.WrittenAt).Select(one => one.Project)];

    private (KeptContentList List, byte[]? Before) ReadNew(ProjectSite site)
    {
        var path = KeptContentList.PathOf(store.Home, site.Folder);
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        var own = KeptContentList.Parse(bytes, path, site.Folder);
        if (site.User is not null) return (own, bytes);
        var missing = ReadRecords(site).Where(one => own.Find(one.Path, one.Record.ContentHash) is null).ToList();
        var writtenAt = bytes is null ? default : File.GetLastWriteTimeUtc(path);
        // An older list was taken over when this one was written. A newer one is there when the project was moved back.
        var earlier = _others.FindEarlier(site.Folder).ToList();
        return (missing.Count > 0 || earlier.Exists(one => one.WrittenAt > writtenAt) ? Complete(own, writtenAt, missing, earlier) : own, bytes);
    }

    private KeptContentList Complete(KeptContentList own, DateTime writtenAt, IReadOnlyList<(string Path, DeploymentRecord Record)> missing, IReadOnlyList<OtherKeptList> earlier)
    {
        // The first ones of a path stay when there are too many.
        var bases = missing.SelectMany(one => _others.Find(own.Project, one.Path, one.Record.Artifact, one.Record.ContentHash).Select(found => found.Content with { Path = one.Path }));
        // The list that was written last knows what is newest.
        var lists = earlier.Where(one => one.List is not null).Select(one => (List: one.List!.MovedTo(own.Project), one.WrittenAt)).Append((List: own, WrittenAt: writtenAt))
            .OrderByDescending(one => one.WrittenAt).Select(one => one.List).ToList();
        return new KeptContentList(own.Project, [.. bases, .. lists.SelectMany(list => list.All)], [.. lists.SelectMany(list => list.MadeFolders).Distinct(PathEquality.Comparer)], own.Folder).With([]);
    }

    private IReadOnlyList<(string Path, DeploymentRecord Record)> ReadRecords(ProjectSite site)
    {
        try
        {
            return [.. new ProjectRecords(site, store).ReadAll().Select(one => (site.FullPath(one.Root, one.Record.Path), one.Record))];
        }
        catch (SkillMeatException e) when (e is DataFileException or StorageException)
        {
            // The operation itself reads the records, and reports this.
            return [];
        }
    }
}

using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>The lists of contents that the home keeps for all projects, to find what belongs to a project that was moved or copied. Each is read once, and parsed if it is needed. Thread-safe.</summary>
internal sealed class OtherKeptLists
{
    private readonly CollectionStore _store;
    private readonly CancellationToken _cancellationToken;
    private readonly Lazy<IReadOnlyList<OtherKeptList>> _all;
    private readonly Lazy<ILookup<(ArtifactId Artifact, string ContentHash), (OtherKeptList List, KeptContent Content)>> _deployed;

    public OtherKeptLists(CollectionStore store, CancellationToken cancellationToken)
    {
        (_store, _cancellationToken) = (store, cancellationToken);
        _all = new(() => [.. KeptContentList.FindFiles(_store.Home).Select(TryRead).OfType<OtherKeptList>()]);
        _deployed = new(() => _all.Value.Where(list => list.List is not null)
            .SelectMany(list => list.List!.All.Where(one => one.ReplacedAt is null).Select(one => (list, one))).ToLookup(one => (one.one.Artifact, one.one.ContentHash)));
    }

    /// <summary>Returns the lists of the places from which the folder of a project was moved. A volume that is not mounted has none of them.</summary>
    public IEnumerable<OtherKeptList> FindEarlier(string project) =>
        FolderIdentity.Of(project) is { } folder ? _all.Value.Where(one => one.IsGone && one.Folder == folder && one.Project != project) : [];

    /// <summary>Returns what was deployed of an artifact to the same place of another project, with a content hash.</summary>
    public IEnumerable<(OtherKeptList List, KeptContent Content)> Find(string project, string path, ArtifactId artifact, string contentHash) =>
        _deployed.Value[(artifact, contentHash)].Where(one => one.List.Project != project && PathEquality.Comparer.Equals(Path.GetRelativePath(one.List.Project, one.Content.Path), Path.GetRelativePath(project, path)));

    // A list of another project that cannot be read does not concern this one.
    private OtherKeptList? TryRead(string file)
    {
        try
        {
            return _store.Storage.ReadConsistent([file], _cancellationToken)[0] is { } bytes && KeptContentList.ReadHead(bytes) is var (project, folder) && Path.IsPathFullyQualified(project)
                ? new OtherKeptList(file, bytes, project, folder) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }
}

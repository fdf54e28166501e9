using SkillMeat.Objects.Trees;

namespace SkillMeat.Merging;

/// <summary>
/// Finds files that would come to the path of another file, or to a path beside which a file system that ignores case cannot hold it. Local files do not collide with each
/// other, nor do upstream's, because both trees exist. So only files that come to a path of upstream's can collide, with files that stay.
/// </summary>
internal sealed class CollisionFinder
{
    private readonly IReadOnlyDictionary<string, TreeEntry> _upstream;
    private readonly List<FileDecision> _incoming;
    private readonly ILookup<string, FileDecision> _stayingByPath;
    private readonly ILookup<string, FileDecision> _stayingByFolder;

    private CollisionFinder(IReadOnlyDictionary<string, TreeEntry> upstream, IReadOnlyList<FileDecision> decisions)
    {
        _upstream = upstream;
        var present = decisions.Where(decision => decision.Result is not null).ToLookup(decision => decision.Result!.Path == decision.Track.Local);
        _incoming = [.. present[false]];
        _stayingByPath = present[true].ToLookup(decision => decision.Result!.Path, StringComparer.OrdinalIgnoreCase);
        _stayingByFolder = present[true].SelectMany(decision => FoldersOf(decision.Result!.Path).Select(folder => (folder, decision)))
            .ToLookup(pair => pair.folder, pair => pair.decision, StringComparer.OrdinalIgnoreCase);
    }

    public static List<Collision> Find(IReadOnlyDictionary<string, TreeEntry> upstream, IReadOnlyList<FileDecision> decisions) => new CollisionFinder(upstream, decisions).Find();

    private List<Collision> Find() => _incoming
        .Select(incoming => (Incoming: incoming, Conflict: FindConflict(incoming)))
        .Where(pair => pair.Conflict is not null)
        .GroupBy(pair => (pair.Conflict!.Path, pair.Conflict.Kind))
        .Select(group => new Collision(group.First().Conflict!, [.. group.Select(pair => pair.Incoming)]))
        .ToList();

    private FileConflict? FindConflict(FileDecision incoming)
    {
        var path = incoming.Result!.Path;
        if (_stayingByPath[path].FirstOrDefault(staying => Collides(staying, path)) is { } same)
        {
            return same.Result!.Path == path
                ? Conflict(path, ConflictKind.AddAdd, $"{DescribeChange(incoming)}, and here is another file of that name.", same, incoming)
                : Conflict(same.Result.Path, ConflictKind.CaseCollision, $"{DescribeChange(incoming)}; the names differ only in case.", same, incoming);
        }

        if (_stayingByFolder[path].FirstOrDefault(staying => Collides(staying, path)) is { } below)
        {
            return below.Result!.Path.StartsWith(path + "/", StringComparison.Ordinal)
                ? Conflict(path, ConflictKind.FileFolder, $"'{path}' is a folder here and a file upstream.", below, incoming)
                : Conflict(path, ConflictKind.CaseCollision, $"{DescribeChange(incoming)}; '{below.Result.Path}' is in a folder whose name differs only in case.", below, incoming);
        }

        foreach (var folder in FoldersOf(path))
        {
            if (_stayingByPath[folder].FirstOrDefault(staying => Collides(staying, folder)) is not { } above) continue;
            return above.Result!.Path == folder
                ? Conflict(folder, ConflictKind.FileFolder, $"'{folder}' is a file here and a folder upstream.", above, incoming)
                : Conflict(above.Result.Path, ConflictKind.CaseCollision, $"{DescribeChange(incoming)}; the names of this file and of that folder differ only in case.", above, incoming);
        }

        return null;
    }

    // Names that upstream has beside each other belong there, whatever their case.
    private bool Collides(FileDecision staying, string path) => staying.Result!.Path == path || !_upstream.ContainsKey(staying.Result.Path);

    private static FileConflict Conflict(string path, ConflictKind kind, string reason, FileDecision staying, FileDecision incoming) =>
        new(path, kind, reason) { BasePath = incoming.Track.Base, LocalPath = staying.Result!.Path, UpstreamPath = incoming.Track.Upstream };

    private static string DescribeChange(FileDecision incoming) => incoming.Track switch
    {
        { IsRenamedUpstream: true } track => $"Upstream renamed '{track.Base}' to '{track.Upstream}'",
        { Base: null } track => $"Upstream added '{track.Upstream}'",
        var track => $"Upstream has '{track.Upstream}'",
    };

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1)) yield return path[..end];
    }
}

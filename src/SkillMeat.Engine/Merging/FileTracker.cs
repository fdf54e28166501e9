using SkillMeat.Objects.Trees;

namespace SkillMeat.Merging;

/// <summary>Finds the paths of base, local and upstream that are the same file.</summary>
internal static class FileTracker
{
    public static List<FileTrack> Track(MergeInput input, CancellationToken cancellationToken)
    {
        var baseFiles = input.Base ?? new Dictionary<string, TreeEntry>();
        var localRenames = RenameFinder.Find(baseFiles, input.Local, input.Read, cancellationToken);
        var upstreamRenames = RenameFinder.Find(baseFiles, input.Upstream, input.Read, cancellationToken);
        var tracks = baseFiles.Keys.Order(StringComparer.Ordinal)
            .Select(path => new FileTrack(path, Follow(path, input.Local, localRenames), Follow(path, input.Upstream, upstreamRenames))).ToList();

        var localAdded = Added(baseFiles, input.Local, localRenames);
        var upstreamAdded = Added(baseFiles, input.Upstream, upstreamRenames);
        tracks.AddRange(localAdded.Union(upstreamAdded).Order(StringComparer.Ordinal)
            .Select(path => new FileTrack(null, localAdded.Contains(path) ? path : null, upstreamAdded.Contains(path) ? path : null)));
        return tracks;
    }

    private static string? Follow(string path, IReadOnlyDictionary<string, TreeEntry> side, Dictionary<string, string> renames) =>
        side.ContainsKey(path) ? path : renames.GetValueOrDefault(path);

    private static HashSet<string> Added(IReadOnlyDictionary<string, TreeEntry> baseFiles, IReadOnlyDictionary<string, TreeEntry> side, Dictionary<string, string> renames) =>
        side.Keys.Where(path => !baseFiles.ContainsKey(path)).Except(renames.Values).ToHashSet(StringComparer.Ordinal);
}

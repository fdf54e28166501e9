namespace SkillMeat.Merging;

/// <summary>Finds which paths of three trees are the same file.</summary>
internal static class FileTracker
{
    public static List<FileTrack> Track(ArtifactTree? original, ArtifactTree local, ArtifactTree upstream, CancellationToken cancellationToken)
    {
        original ??= ArtifactTree.Empty;
        var localRenames = RenameFinder.Find(original, local, cancellationToken);
        var upstreamRenames = RenameFinder.Find(original, upstream, cancellationToken);
        var tracks = original.Files.Keys.Select(path => new FileTrack(path, Follow(path, local, localRenames), Follow(path, upstream, upstreamRenames))).ToList();

        var localAdded = Added(original, local, localRenames);
        var upstreamAdded = Added(original, upstream, upstreamRenames);
        tracks.AddRange(localAdded.Union(upstreamAdded)
            .Select(path => new FileTrack(null, localAdded.Contains(path) ? path : null, upstreamAdded.Contains(path) ? path : null)));
        return tracks;
    }

    private static string? Follow(string path, ArtifactTree side, Dictionary<string, string> renames) =>
        side.Has(path) ? path : renames.GetValueOrDefault(path);

    private static HashSet<string> Added(ArtifactTree original, ArtifactTree side, Dictionary<string, string> renames) =>
        side.Files.Keys.Where(path => !original.Has(path)).Except(renames.Values).ToHashSet(StringComparer.Ordinal);
}

namespace SkillMeat.Merging;

/// <summary>
/// Replaces the fetched files of an artifact by upstream's, whatever was edited in them. Files that exist only locally stay. If upstream now has another file at the path
/// of such a file, or one that cannot exist beside it, that is a conflict.
/// </summary>
internal static class UpstreamTake
{
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MergePlan Plan(MergeInput input, CancellationToken cancellationToken = default)
    {
        var merge = new FileMerge(input, cancellationToken);

        // Without a base, the paths that both sides have count as fetched.
        var fetched = input.Base ?? input.Upstream;
        var own = input.Local.Keys.Where(path => !fetched.ContainsKey(path)).ToHashSet(StringComparer.Ordinal);
        return MergePlan.Of([.. own.Union(input.Upstream.Keys).Order(StringComparer.Ordinal).Select(Decide)], input);

        FileDecision Decide(string path)
        {
            if (!input.Upstream.TryGetValue(path, out var upstream)) return FileDecision.Keep(new FileTrack(null, path, null), input);
            if (own.Contains(path)) return merge.Decide(new FileTrack(null, path, path));
            var track = new FileTrack(input.Base?.ContainsKey(path) == true ? path : null, input.Local.ContainsKey(path) ? path : null, path);
            return new FileDecision(track, new PlannedFile(path, upstream.Kind, FileSource.Upstream, path));
        }
    }
}

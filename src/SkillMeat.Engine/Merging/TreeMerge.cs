namespace SkillMeat.Merging;

/// <summary>
/// Merges an artifact: what upstream changed since the original is brought into the local files. It reads nothing but contents that both sides changed or renamed,
/// writes nothing, and gives the same plan for the same trees.
/// </summary>
internal static class TreeMerge
{
    /// <param name="original">What the local files were before somebody edited them; null when that is not known, and then every difference is a conflict.</param>
    /// <param name="local">The files as they are. Those that the original doesn't have, like notes and credentials, stay.</param>
    /// <param name="upstream">The files as upstream has them now.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MergePlan Plan(ArtifactTree? original, ArtifactTree local, ArtifactTree upstream, CancellationToken cancellationToken = default)
    {
        var merge = new FileMerge(original, local, upstream, cancellationToken);
        var decisions = new List<FileDecision>();
        foreach (var track in FileTracker.Track(original, local, upstream, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            decisions.Add(merge.Decide(track));
        }

        var conflicts = decisions.Select(decision => decision.Conflict).OfType<FileConflict>().ToList();

        // What is kept back is then among those that stay, and can be in the way of another one.
        while (CollisionFinder.Find(upstream, decisions) is { Count: > 0 } collisions)
        {
            conflicts.AddRange(collisions.Select(collision => collision.Conflict));
            var incoming = collisions.SelectMany(collision => collision.Incoming).ToHashSet();
            decisions = decisions.ConvertAll(decision => incoming.Contains(decision) ? merge.Keep(decision.Track) : decision);
        }

        return new MergePlan(
            [.. decisions.Select(decision => decision.Result).OfType<PlannedFile>().OrderBy(file => file.Path, StringComparer.Ordinal)],
            [.. conflicts.OrderBy(conflict => conflict.Path, StringComparer.Ordinal).ThenBy(conflict => conflict.Kind)]);
    }
}

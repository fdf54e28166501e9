namespace SkillMeat.Merging;

/// <summary>The result of a merge of an artifact. It loses no local change, with conflicts or without: a file in conflict is planned as it is locally.</summary>
/// <param name="Files">All files of the artifact after the merge, in the order of their paths. A local path that is not among them is deleted or renamed.</param>
/// <param name="Conflicts">The choices that a person has to make, in the order of their paths.</param>
internal sealed record MergePlan(IReadOnlyList<PlannedFile> Files, IReadOnlyList<FileConflict> Conflicts)
{
    public bool IsClean => Conflicts.Count == 0;

    /// <summary>Makes a plan of decisions about single files. A file of upstream's that collides with another file is a conflict, and does not come.</summary>
    public static MergePlan Of(List<FileDecision> decisions, MergeInput input)
    {
        var conflicts = decisions.Select(decision => decision.Conflict).OfType<FileConflict>().ToList();

        // A file that is kept back stays where it is, and can be in the way of another one.
        while (CollisionFinder.Find(input.Upstream, decisions) is { Count: > 0 } collisions)
        {
            conflicts.AddRange(collisions.Select(collision => collision.Conflict));
            var incoming = collisions.SelectMany(collision => collision.Incoming).ToHashSet();
            decisions = decisions.ConvertAll(decision => incoming.Contains(decision) ? FileDecision.Keep(decision.Track, input) : decision);
        }

        return new MergePlan(
            [.. decisions.Select(decision => decision.Result).OfType<PlannedFile>().OrderBy(file => file.Path, StringComparer.Ordinal)],
            [.. conflicts.OrderBy(conflict => conflict.Path, StringComparer.Ordinal).ThenBy(conflict => conflict.Kind)]);
    }
}

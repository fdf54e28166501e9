using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>The artifacts of one repository, in the order of the questions about their paths.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Artifacts">The artifacts.</param>
internal sealed record RepositoryGroup(RepositoryAddress Repository, IReadOnlyList<TrackedArtifact> Artifacts)
{
    public static IReadOnlyList<RepositoryGroup> Of(IEnumerable<TrackedArtifact> artifacts) =>
        artifacts.Where(a => a.Source is not null)
            .GroupBy(a => a.Source!.Repository)
            .Select(g => new RepositoryGroup(g.Key, g.ToList()))
            .ToList();

    /// <summary>The ref at which the repository is searched for new artifacts: the default branch if any artifact follows it.</summary>
    public RefSpec SearchedRef => Artifacts.Any(a => a.Follows.IsLatest) ? RefSpec.Latest : Artifacts[0].Follows;
}

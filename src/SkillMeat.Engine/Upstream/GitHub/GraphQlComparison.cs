namespace SkillMeat.Upstream.GitHub;

/// <summary>The comparison of a commit with a branch.</summary>
/// <param name="BranchCommit">The newest commit of the branch.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Behind">The number of commits that are reachable from the branch and not from the commit.</param>
internal sealed record GraphQlComparison(string BranchCommit, string Commit, int Behind);

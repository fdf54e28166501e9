using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Something in a tree that GitHub's REST interface listed.</summary>
/// <param name="Path">Its path below the tree.</param>
/// <param name="Object">The entry that git has for it.</param>
internal readonly record struct GitHubTreeEntry(string Path, GitTreeEntry Object);

using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.GitHub;

/// <summary>An entry of a <see cref="GitHubTree"/>.</summary>
/// <param name="Path">Its path below the tree.</param>
/// <param name="Object">The entry in the tree of its folder.</param>
internal readonly record struct GitHubTreeEntry(string Path, GitTreeEntry Object);

using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>A path in a repository, at whatever ref.</summary>
/// <param name="Repository">The repository, by its current address.</param>
/// <param name="Path">The path.</param>
internal sealed record UpstreamPlace(RepositoryAddress Repository, string Path);

namespace SkillMeat.Upstream;

/// <summary>What a repository says about itself, for artifacts that don't say it in their front matter.</summary>
/// <param name="Description">The description; null when there is none.</param>
/// <param name="Topics">The topics.</param>
/// <param name="License">The licence's SPDX id; null when there is none that GitHub recognizes.</param>
/// <param name="IsArchived">Whether it is archived, which counts as deprecated.</param>
internal sealed record RepositoryFacts(string? Description, IReadOnlyList<string> Topics, string? License, bool IsArchived);

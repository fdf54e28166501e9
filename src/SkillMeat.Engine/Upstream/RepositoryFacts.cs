namespace SkillMeat.Upstream;

/// <summary>Metadata of a repository, for artifacts whose front matter lacks it.</summary>
/// <param name="Description">The description; null if there is none.</param>
/// <param name="Topics">The topics.</param>
/// <param name="License">The SPDX id of the licence; null if GitHub recognizes none.</param>
/// <param name="IsArchived">Whether the repository is archived, which counts as deprecated.</param>
internal sealed record RepositoryFacts(string? Description, IReadOnlyList<string> Topics, string? License, bool IsArchived);

namespace SkillMeat.Tests.Projects;

/// <summary>The content of an artifact in the matrix: the text of two places, and whether the new files of each side are there.</summary>
internal sealed record MatrixText(string Top, string Bottom, bool HasNewOfCollection, bool HasNewOfProject);

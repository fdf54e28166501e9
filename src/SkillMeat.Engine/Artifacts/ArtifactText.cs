namespace SkillMeat.Artifacts;

/// <summary>The content of a file of an artifact.</summary>
/// <param name="Path">The path in the artifact, with <c>/</c>.</param>
/// <param name="Text">The text, or null for a file that is not text.</param>
/// <param name="Size">The length of the file in bytes.</param>
/// <param name="IsTruncated">Whether the text is only the beginning of the file.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactText(string Path, string? Text, long Size, bool IsTruncated);

namespace SkillMeat.Upstream;

/// <summary>A text file of a repository.</summary>
/// <param name="Path">Its path.</param>
/// <param name="BlobId">The id of its content; the same id is the same text in every repository.</param>
/// <param name="Text">The text, perhaps cut after a few hundred kilobytes; null when only the id was asked for, or when it is not text.</param>
internal sealed record FileAnswer(string Path, string BlobId, string? Text);

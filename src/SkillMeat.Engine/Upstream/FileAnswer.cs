namespace SkillMeat.Upstream;

/// <summary>A text file of a repository.</summary>
/// <param name="Path">Its path.</param>
/// <param name="BlobId">The blob id of its content. The same id means the same text in every repository.</param>
/// <param name="Text">The text, possibly truncated after a few hundred kilobytes; null if only the id was requested or the file is not text.</param>
internal sealed record FileAnswer(string Path, string BlobId, string? Text);

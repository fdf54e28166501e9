namespace SkillMeat.Upstream;

/// <summary>A text file of a repository.</summary>
/// <param name="Path">Its path.</param>
/// <param name="BlobId">The blob id of its content. The same id means the same text in every repository.</param>
/// <param name="Text">Its beginning with the front matter, as <see cref="FrontMatters.FrontMatterReader.Head"/> cuts it; null if only the id was requested or the file is not text.</param>
internal sealed record FileAnswer(string Path, string BlobId, string? Text);

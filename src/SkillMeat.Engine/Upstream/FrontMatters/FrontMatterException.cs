namespace SkillMeat.Upstream.FrontMatters;

/// <summary>The error of front matter that cannot be parsed. Its content is then unknown, not empty.</summary>
internal sealed class FrontMatterException(string message, Exception? innerException = null) : Exception(message, innerException);

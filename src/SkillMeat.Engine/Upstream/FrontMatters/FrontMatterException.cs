namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Front matter that is there and can't be read. What it says is then unknown, not empty.</summary>
internal sealed class FrontMatterException(string message, Exception? innerException = null) : Exception(message, innerException);

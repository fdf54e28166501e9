namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The real git refused a command; the message has its output.</summary>
/// <param name="message">The output of git.</param>
public sealed class GitFailedException(string message) : Exception(message);

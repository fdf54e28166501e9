namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The real git refused what a test asked of it; the message holds what it wrote.</summary>
/// <param name="message">What git said.</param>
public sealed class GitFailedException(string message) : Exception(message);

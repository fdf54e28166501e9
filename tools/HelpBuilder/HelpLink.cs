namespace SkillMeat.HelpBuilder;

/// <summary>A related link.</summary>
/// <param name="Text">The text, usually the name of a command or topic.</param>
/// <param name="Address">The web address, or null for another page of the same folder.</param>
public sealed record HelpLink(string Text, Uri? Address);

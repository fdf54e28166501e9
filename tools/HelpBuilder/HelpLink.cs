namespace SkillMeat.HelpBuilder;

/// <summary>A related link.</summary>
/// <param name="Text">What it says, as a rule the name of a command or topic.</param>
/// <param name="Address">The address on the web; null when it leads to another page of the same folder.</param>
public sealed record HelpLink(string Text, Uri? Address);

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Something that can be completed.</summary>
/// <param name="Text">What is typed.</param>
/// <param name="Meaning">What the tooltip says; empty for nothing.</param>
public sealed record Candidate(string Text, string Meaning);

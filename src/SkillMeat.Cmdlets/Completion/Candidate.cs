namespace SkillMeat.Cmdlets.Completion;

/// <summary>A possible completion.</summary>
/// <param name="Text">The text to insert.</param>
/// <param name="Meaning">The tooltip; may be empty.</param>
public sealed record Candidate(string Text, string Meaning);

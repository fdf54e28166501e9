namespace SkillMeat.Cli.Completion;

/// <summary>A word that completes a command line.</summary>
/// <param name="Value">The word.</param>
/// <param name="Meaning">Its description on one line, or an empty text.</param>
internal sealed record Candidate(string Value, string Meaning);

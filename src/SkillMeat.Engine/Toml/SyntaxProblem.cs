namespace SkillMeat.Toml;

/// <summary>A syntax error, and its offset in the text.</summary>
internal readonly record struct SyntaxProblem(int Offset, string Text);

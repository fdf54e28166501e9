namespace SkillMeat.Toml;

/// <summary>What is wrong in the text, and at which of its bytes.</summary>
internal readonly record struct SyntaxProblem(int Offset, string Text);

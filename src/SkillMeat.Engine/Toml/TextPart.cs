namespace SkillMeat.Toml;

/// <summary>Lines of a file that begin with the header of a table and hold nothing but it and its sub-tables.</summary>
/// <param name="Start">The offset of the header's line.</param>
/// <param name="BodyEnd">The offset after the last line that is neither blank nor a comment.</param>
/// <param name="End">The offset of the line that follows.</param>
internal readonly record struct TextPart(int Start, int BodyEnd, int End);

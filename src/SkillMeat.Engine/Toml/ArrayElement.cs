namespace SkillMeat.Toml;

/// <summary>A string in the text of a list.</summary>
/// <param name="Text">The string.</param>
/// <param name="Start">The position of its opening quote.</param>
/// <param name="End">The position behind its closing quote.</param>
/// <param name="CommaAt">The position of the comma behind it, or -1.</param>
internal sealed record ArrayElement(string Text, int Start, int End, int CommaAt);

namespace SkillMeat.Cache.Search.Words;

/// <summary>A part of a word, or a letter of a run, folded, with its place in the text.</summary>
internal readonly record struct TextPiece(string Text, int Start, int End);

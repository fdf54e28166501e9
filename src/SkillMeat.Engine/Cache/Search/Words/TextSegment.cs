namespace SkillMeat.Cache.Search.Words;

/// <summary>A piece of a text without blanks and punctuation in it: a word, or a run of letters of a script that is written without blanks.</summary>
/// <param name="Text">The folded word; of a run, all its letters.</param>
/// <param name="Start">The index of its first character in the text.</param>
/// <param name="End">The index after its last character.</param>
/// <param name="Pieces">Of a word such as <c>pdfTools</c> its parts, of a run its letters; else empty.</param>
/// <param name="IsRun">Whether it is a run.</param>
/// <remarks>Immutable.</remarks>
internal sealed record TextSegment(string Text, int Start, int End, IReadOnlyList<TextPiece> Pieces, bool IsRun);

namespace SkillMeat.Merging.Differences;

/// <summary>A line in a difference.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="OldLine">Its number in the old text, counted from 1; null for an added line.</param>
/// <param name="NewLine">Its number in the new text, counted from 1; null for a removed line.</param>
/// <param name="Text">The text, without the line feed.</param>
/// <param name="EndsWithLineFeed">Whether a line feed ends it. The last line of a text may have none.</param>
/// <remarks>Immutable.</remarks>
public sealed record DiffLine(DiffLineKind Kind, int? OldLine, int? NewLine, string Text, bool EndsWithLineFeed = true)
{
    /// <summary>Returns the line as in a unified diff.</summary>
    /// <returns>The text after a blank, <c>-</c> or <c>+</c>.</returns>
    public override string ToString() => $"{Kind switch { DiffLineKind.Removed => '-', DiffLineKind.Added => '+', _ => ' ' }}{Text}";
}

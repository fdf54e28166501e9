namespace SkillMeat.Merging.Differences;

/// <summary>A line of a unified diff.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The line, without the line feed. It can have control characters of the compared files.</param>
/// <remarks>Immutable.</remarks>
public sealed record UnifiedLine(UnifiedLineKind Kind, string Text)
{
    /// <summary>Returns the line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}

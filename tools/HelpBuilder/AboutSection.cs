namespace SkillMeat.HelpBuilder;

/// <summary>A heading of a topic and the text below it.</summary>
public sealed record AboutSection
{
    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it is a subsection of the section above it.</summary>
    public required bool IsSubsection { get; init; }

    /// <summary>The text as lines of at most <see cref="AboutTextWriter.TextWidth"/> characters, code excepted.</summary>
    public required IReadOnlyList<string> Lines { get; init; }
}

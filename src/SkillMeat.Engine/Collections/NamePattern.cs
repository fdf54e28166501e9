using System.IO.Enumeration;

namespace SkillMeat.Collections;

/// <summary>Says which artifacts a person means by a text.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="IsLiteral">Whether the text names one artifact, so that it is worth an error when there is none.</param>
/// <param name="Fits">Whether an artifact is meant, told its name.</param>
/// <remarks>Immutable; safe from several threads if <paramref name="Fits"/> is.</remarks>
public sealed record NamePattern(string Text, bool IsLiteral, Predicate<string> Fits)
{
    /// <summary>A pattern with <c>*</c> and <c>?</c>, without regard to case.</summary>
    /// <param name="text">The pattern.</param>
    /// <returns>What it means.</returns>
    public static NamePattern Simple(string text)
    {
        // A backslash is a letter like any other here.
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal);
        return new NamePattern(text, text.AsSpan().IndexOfAny('*', '?') < 0, name => FileSystemName.MatchesSimpleExpression(escaped, name));
    }

    /// <summary>Whether an artifact is meant: by its name, or where the text holds a colon by its id.</summary>
    internal bool Matches(ArtifactId id) => Fits(id.Name) || (Text.Contains(':', StringComparison.Ordinal) && Fits(id.ToString()));
}

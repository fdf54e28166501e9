using System.IO.Enumeration;

namespace SkillMeat.Collections;

/// <summary>Matches artifacts by a name or pattern that the user typed.</summary>
/// <param name="Text">The text as typed.</param>
/// <param name="IsLiteral">Whether the text names one artifact, so that no match is an error.</param>
/// <param name="Fits">Checks whether the name of an artifact matches.</param>
/// <remarks>Immutable. Thread-safe if <paramref name="Fits"/> is.</remarks>
public sealed record NamePattern(string Text, bool IsLiteral, Predicate<string> Fits)
{
    /// <summary>Creates a pattern with <c>*</c> and <c>?</c>, ignoring case.</summary>
    /// <param name="text">The pattern.</param>
    /// <returns>The pattern.</returns>
    public static NamePattern Simple(string text)
    {
        // A backslash is an ordinary character here.
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal);
        return new NamePattern(text, text.AsSpan().IndexOfAny('*', '?') < 0, name => FileSystemName.MatchesSimpleExpression(escaped, name));
    }

    /// <summary>Whether an artifact matches, by its name or, if the text contains a colon, by its id.</summary>
    internal bool Matches(ArtifactId id) => Fits(id.Name) || (Text.Contains(':', StringComparison.Ordinal) && Fits(id.ToString()));
}

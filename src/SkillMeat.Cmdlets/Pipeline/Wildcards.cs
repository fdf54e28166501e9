using System.Management.Automation;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>PowerShell's wildcards, which ignore case. They match the same in every culture: names are not texts of a language.</summary>
internal static class Wildcards
{
    /// <summary>Creates a pattern.</summary>
    /// <exception cref="WildcardPatternException">The pattern has an unclosed bracket.</exception>
    public static WildcardPattern Of(string text) => WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

    /// <summary>Creates the patterns of artifacts.</summary>
    public static IEnumerable<NamePattern> OfArtifacts(IEnumerable<string> names) => names.Select(OfArtifact);

    /// <summary>Creates the pattern of an artifact: its name, or its id as <c>type:name</c>.</summary>
    public static NamePattern OfArtifact(string name) => new(name, IsLiteral: !IsPattern(name), Of(name).IsMatch);

    /// <summary>Whether a text has wildcards.</summary>
    public static bool IsPattern(string text) => WildcardPattern.ContainsWildcardCharacters(text);
}

using System.Management.Automation;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>PowerShell's wildcards, which ignore case. They match the same in every culture: names are not texts of a language.</summary>
internal static class Wildcards
{
    /// <summary>Creates a pattern.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the pattern is not valid, such as one with an unclosed bracket.</exception>
    public static WildcardPattern Of(string text)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        try
        {
            // PowerShell parses a pattern when it is first used, which would be too late to name the object that has it.
            _ = pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException e)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, e.Message, e);
        }
    }

    /// <summary>Creates the patterns of artifacts.</summary>
    public static IEnumerable<NamePattern> OfArtifacts(IEnumerable<string> names) => names.Select(OfArtifact);

    /// <summary>Creates the pattern of an artifact: its name, or its id as <c>type:name</c>.</summary>
    public static NamePattern OfArtifact(string name) => new(name, IsLiteral: !IsPattern(name), Of(name).IsMatch);

    /// <summary>Whether a text has wildcards.</summary>
    public static bool IsPattern(string text) => WildcardPattern.ContainsWildcardCharacters(text);
}

using System.Management.Automation;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Matches names of artifacts with PowerShell's wildcards.</summary>
internal static class NamePatterns
{
    public static IEnumerable<NamePattern> Of(IEnumerable<string> names) => names.Select(name => new NamePattern(
        name,
        IsLiteral: !WildcardPattern.ContainsWildcardCharacters(name),
        WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch));
}

using Xunit;

namespace SkillMeat.Tests.Help;

/// <summary>Texts of pages, and changes to them.</summary>
internal static class Pages
{
    public const string SmallestName = "Get-It";

    public const string Smallest = """
        ---
        external help file: It.dll-Help.xml
        Module Name: It
        online version: https://example.org/Get-It.md
        schema: 2.0.0
        ---
        # Get-It
        ## SYNOPSIS
        Gets it.
        ## SYNTAX
        ```
        Get-It [-Name] <String> [<CommonParameters>]
        ```
        ## DESCRIPTION
        It gets it.
        ## EXAMPLES
        ### Example 1: Get it
        ```powershell
        Get-It x
        ```
        ## PARAMETERS
        ### -Name
        Its name.
        ```yaml
        Type: String
        Parameter Sets: (All)
        Aliases:

        Required: True
        Position: 0
        Default value: None
        Accept pipeline input: False
        Accept wildcard characters: False
        ```
        ### CommonParameters
        See about_CommonParameters.
        ## INPUTS
        ### None
        ## OUTPUTS
        ### None
        ## NOTES
        ## RELATED LINKS

        """;

    /// <summary>Replaces the first occurrence, which must exist.</summary>
    public static string Replace(string text, string old, string with)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"not in the page: {old}");
        return text[..at] + with + text[(at + old.Length)..];
    }

    /// <summary>The line, counted from 1, on which a text first begins.</summary>
    public static int LineOf(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, $"not in the page: {part}");
        return text.AsSpan(0, at).Count('\n') + 1;
    }
}

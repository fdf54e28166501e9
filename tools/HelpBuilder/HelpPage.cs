namespace SkillMeat.HelpBuilder;

/// <summary>The help of one command, read from its Markdown page.</summary>
/// <remarks>Immutable. Texts are plain, with one string for each paragraph; code, lists and tables are strings of several lines.</remarks>
public sealed record HelpPage
{
    /// <summary>The path of the page, as given.</summary>
    public required string File { get; init; }

    /// <summary>The name of the command, such as <c>Get-Thing</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the name before the hyphen.</summary>
    public string Verb => Name[..Name.IndexOf('-', StringComparison.Ordinal)];

    /// <summary>The part of the name after the hyphen.</summary>
    public string Noun => Name[(Verb.Length + 1)..];

    /// <summary>The name of the file in which PowerShell looks for the help, such as <c>Things.dll-Help.xml</c>.</summary>
    public required string ExternalHelpFile { get; init; }

    /// <summary>The module that holds the command.</summary>
    public required string ModuleName { get; init; }

    /// <summary>The address that <c>Get-Help -Online</c> opens, or null.</summary>
    public required Uri? OnlineVersion { get; init; }

    /// <summary>The synopsis, in one paragraph.</summary>
    public required string Synopsis { get; init; }

    /// <summary>The syntax of each parameter set, in the order of the page.</summary>
    public required IReadOnlyList<HelpSyntax> Syntax { get; init; }

    /// <summary>The description of the command; at least one paragraph.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The examples, at least one.</summary>
    public required IReadOnlyList<HelpExample> Examples { get; init; }

    /// <summary>The parameters without the common ones, in the order of the page.</summary>
    public required IReadOnlyList<HelpParameter> Parameters { get; init; }

    /// <summary>The types that can be piped to the command; at least one, which may be <c>None</c>.</summary>
    public required IReadOnlyList<HelpType> Inputs { get; init; }

    /// <summary>The types that the command returns; at least one, which may be <c>None</c>.</summary>
    public required IReadOnlyList<HelpType> Outputs { get; init; }

    /// <summary>The notes; may be empty.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The related links without the online version.</summary>
    public required IReadOnlyList<HelpLink> RelatedLinks { get; init; }
}

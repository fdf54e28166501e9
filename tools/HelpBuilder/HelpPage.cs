namespace SkillMeat.HelpBuilder;

/// <summary>One command's help, as its page in Markdown tells it.</summary>
/// <remarks>Immutable. Texts are plain, a string for each paragraph; code, lists and tables in them are several lines of one.</remarks>
public sealed record HelpPage
{
    /// <summary>The page's path, as it was given.</summary>
    public required string File { get; init; }

    /// <summary>The command's name, such as <c>Get-Thing</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name up to the hyphen.</summary>
    public string Verb => Name[..Name.IndexOf('-', StringComparison.Ordinal)];

    /// <summary>The name behind the hyphen.</summary>
    public string Noun => Name[(Verb.Length + 1)..];

    /// <summary>The name of the file in which PowerShell looks for the help, such as <c>Things.dll-Help.xml</c>.</summary>
    public required string ExternalHelpFile { get; init; }

    /// <summary>The module that holds the command.</summary>
    public required string ModuleName { get; init; }

    /// <summary>What <c>Get-Help -Online</c> opens; null for a page that is nowhere on the web.</summary>
    public required Uri? OnlineVersion { get; init; }

    /// <summary>What the command does, in one paragraph.</summary>
    public required string Synopsis { get; init; }

    /// <summary>How the command is called, once for each parameter set, in the page's order.</summary>
    public required IReadOnlyList<HelpSyntax> Syntax { get; init; }

    /// <summary>What there is to know about the command; at least one paragraph.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The examples, at least one.</summary>
    public required IReadOnlyList<HelpExample> Examples { get; init; }

    /// <summary>The parameters without the common ones, in the page's order.</summary>
    public required IReadOnlyList<HelpParameter> Parameters { get; init; }

    /// <summary>What can be piped to the command; at least one, which may be called <c>None</c>.</summary>
    public required IReadOnlyList<HelpType> Inputs { get; init; }

    /// <summary>What the command returns; at least one, which may be called <c>None</c>.</summary>
    public required IReadOnlyList<HelpType> Outputs { get; init; }

    /// <summary>Notes, which may be empty.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The related links without the online version.</summary>
    public required IReadOnlyList<HelpLink> RelatedLinks { get; init; }
}

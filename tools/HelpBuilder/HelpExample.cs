namespace SkillMeat.HelpBuilder;

/// <summary>An example: introduction, code, output and remarks.</summary>
public sealed record HelpExample
{
    /// <summary>Its number, counted from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its title, without the number.</summary>
    public required string Title { get; init; }

    /// <summary>The text above the code; may be empty.</summary>
    public required IReadOnlyList<string> Introduction { get; init; }

    /// <summary>The code, one or several lines, without a prompt.</summary>
    public required string Code { get; init; }

    /// <summary>The output directly below the code, or null if the page shows none.</summary>
    public required string? Output { get; init; }

    /// <summary>Everything below, further code included; may be empty.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The line of the heading, counted from 1.</summary>
    public required int Line { get; init; }
}

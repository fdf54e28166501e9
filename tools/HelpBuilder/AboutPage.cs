namespace SkillMeat.HelpBuilder;

/// <summary>A topic that <c>Get-Help about_…</c> shows, as its page in Markdown tells it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AboutPage
{
    /// <summary>The page's path, as it was given.</summary>
    public required string File { get; init; }

    /// <summary>The topic's name, such as <c>about_Things</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the topic is about, on the one line that <c>Get-Help</c> shows as its synopsis.</summary>
    public required string ShortDescription { get; init; }

    /// <summary>Everything below the short description; the first is the long description.</summary>
    public required IReadOnlyList<AboutSection> Sections { get; init; }
}

namespace SkillMeat.HelpBuilder;

/// <summary>A topic that <c>Get-Help about_…</c> shows, read from its Markdown page.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AboutPage
{
    /// <summary>The path of the page, as given.</summary>
    public required string File { get; init; }

    /// <summary>The name of the topic, such as <c>about_Things</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The short description, the one line that <c>Get-Help</c> shows as the synopsis.</summary>
    public required string ShortDescription { get; init; }

    /// <summary>The sections below the short description; the first is the long description.</summary>
    public required IReadOnlyList<AboutSection> Sections { get; init; }
}

using Microsoft.Playwright;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>How the page is visited.</summary>
public sealed record VisitOptions
{
    public ColorScheme Scheme { get; init; } = ColorScheme.Light;

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    /// <summary>Parts of messages on the console that the test provokes, such as the status of a refused request.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];
}

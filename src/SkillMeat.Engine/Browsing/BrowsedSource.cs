using SkillMeat.Errors;

namespace SkillMeat.Browsing;

/// <summary>A source that was listed.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BrowsedSource
{
    internal BrowsedSource(string source)
    {
        Source = source;
    }

    /// <summary>The source as it was requested.</summary>
    public string Source { get; }

    /// <summary>The artifacts, by path.</summary>
    public IReadOnlyList<UpstreamArtifact> Artifacts { get; init; } = [];

    /// <summary>The reason that it cannot be listed, or null.</summary>
    public SkillMeatException? Problem { get; init; }
}

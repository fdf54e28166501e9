using SkillMeat.Collections;

namespace SkillMeat.Browsing;

/// <summary>A request to list the artifacts of repositories and folders.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BrowseRequest
{
    /// <summary>The sources: <c>owner/repo[/path][@version]</c>, an address, or a folder.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The types to list. Empty for all.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The collection to compare with, or null for the active one. A home without that collection has none of the artifacts.</summary>
    public string? Collection { get; init; }

    /// <summary>The full path that relative folders are relative to.</summary>
    public required string BaseFolder { get; init; }
}

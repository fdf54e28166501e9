using SkillMeat.Collections;

namespace SkillMeat.Cache.Search;

/// <summary>The result of a search: one page of the found artifacts.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactSearchResult
{
    /// <summary>The number of found artifacts on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>How the found words fit to the typed ones.</summary>
    public required SearchMatch Match { get; init; }

    /// <summary>The artifacts of the page.</summary>
    public required ItemList<FoundArtifact> Items { get; init; }

    /// <summary>Messages about conditions in the text that no artifact can meet, such as an unknown type.</summary>
    public TextValues Hints { get; init; } = [];

    /// <summary>Messages about collections that cannot be read. What was known of them before is searched.</summary>
    public TextValues Problems { get; init; } = [];
}

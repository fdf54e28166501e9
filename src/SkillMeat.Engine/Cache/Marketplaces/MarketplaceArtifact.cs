using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>An artifact that a marketplace offers, or a plugin of it that has no artifact.</summary>
/// <remarks>Immutable. It can be passed on to <see cref="ArtifactAdder"/>.</remarks>
public sealed record MarketplaceArtifact
{
    /// <summary>The name of the marketplace.</summary>
    public required string Marketplace { get; init; }

    /// <summary>The name of the plugin, or null for an artifact that is in none.</summary>
    public string? Plugin { get; init; }

    /// <summary>The id that it has in the collection, or would get, as <c>type:name</c>; null for a plugin without artifacts.</summary>
    public string? ArtifactId => Type is null ? null : $"{Type}:{Name}";

    /// <summary>The name of the type; null for a plugin without artifacts.</summary>
    public string? Type { get; init; }

    /// <summary>The name that it has in the collection, or would get.</summary>
    public required string Name { get; init; }

    /// <summary>The description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The version in its front matter, or that of its plugin, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The version that the collection has, or null.</summary>
    public string? CollectionVersion { get; init; }

    /// <summary>The state compared with the collection; null for a plugin without artifacts.</summary>
    public UpstreamArtifactState? State { get; init; }

    /// <summary>The category of its plugin, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Its tags, and the tags and keywords of its plugin.</summary>
    public TextValues Tags { get; init; } = [];

    /// <summary>The source with which it can be added; null for a plugin without artifacts.</summary>
    public string? Spec { get; init; }

    /// <summary>The ref that <see cref="Spec"/> names, or null.</summary>
    public string? Ref { get; init; }

    /// <summary>The commit at which it was listed, or null for a folder.</summary>
    public string? UpstreamSha { get; init; }

    /// <summary>The collection with which it was compared, or null for none.</summary>
    public string? Collection { get; init; }

    /// <summary>The time at which it was listed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it was listed longer ago than the configured time.</summary>
    public bool IsStale { get; init; }

    /// <summary>The reason that the plugin cannot be listed, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Returns the request to add it, or null for a plugin without artifacts.</summary>
    /// <returns>The request.</returns>
    public ArtifactAddition? ToAddition() =>
        Spec is null ? null : new ArtifactAddition(Spec) { Type = Type, Name = Name, Ref = Ref, IsNameSuggested = State == UpstreamArtifactState.New, IsPresent = State != UpstreamArtifactState.New };
}

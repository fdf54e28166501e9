using SkillMeat.Collections;

namespace SkillMeat.Cache.Search;

/// <summary>An artifact that a search found.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FoundArtifact
{
    private readonly Artifact _artifact;

    internal FoundArtifact(Artifact artifact)
    {
        _artifact = artifact;
    }

    /// <summary>Type and name, as <c>type:name</c>.</summary>
    public string ArtifactId => _artifact.ArtifactId;

    /// <summary>The folder name of the collection.</summary>
    public string Collection => _artifact.Collection;

    /// <summary>The name.</summary>
    public string Name => _artifact.Name;

    /// <summary>The name of the type.</summary>
    public string Type => _artifact.Type;

    /// <summary>The title, or null.</summary>
    public string? Title => _artifact.Title;

    /// <summary>The description, or null.</summary>
    public string? Description => _artifact.Description;

    /// <summary>The tags.</summary>
    public TextValues Tags => _artifact.Tags;

    /// <summary>The author, or null.</summary>
    public string? Author => _artifact.Author;

    /// <summary>The upstream address, or null for an artifact without upstream.</summary>
    public string? Upstream => _artifact.Upstream;

    /// <summary>The time of the last update, or else that at which it was added, in UTC; null if neither is known.</summary>
    public DateTimeOffset? Updated => _artifact.LastUpdated ?? _artifact.Added;

    /// <summary>The full path of the project that the search asked for, or null if it asked for none.</summary>
    public string? Project { get; init; }

    /// <summary>How well it fits, from 0 to 1: a higher score is a better fit. Scores of one search can be compared with each other. 0 if the search has no words.</summary>
    public double Score { get; init; }

    /// <summary>A part of the description or of the manifest file, in which each found word stands between two pairs of asterisks, such as <c>**pdf**</c>.</summary>
    public required string Snippet { get; init; }

    /// <summary>Returns the id.</summary>
    /// <returns>The artifact, as <c>type:name</c>.</returns>
    public override string ToString() => ArtifactId;
}

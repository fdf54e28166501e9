using SkillMeat.Collections;

namespace SkillMeat.Additions;

/// <summary>What became of one artifact that was to be added.</summary>
/// <param name="Spec">What was asked for.</param>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="Status">What became of it.</param>
/// <remarks>Immutable.</remarks>
public sealed record AddEntry(string Spec, string Collection, AddStatus Status)
{
    /// <summary>The artifact, as <c>type:name</c>; null when it is not known what it would be.</summary>
    public string? ArtifactId { get; init; }

    /// <summary>Its name; null when that is not known.</summary>
    public string? Name { get; init; }

    /// <summary>The name of its type; null when that is not known.</summary>
    public string? Type { get; init; }

    /// <summary>Where it lies, relative to the collection, with <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The commit that was fetched; null for a folder.</summary>
    public string? ResolvedSha { get; init; }

    /// <summary>The tag that was fetched, if it was one.</summary>
    public string? ResolvedVersion { get; init; }

    /// <summary>What a person should know, such as a description that is missing.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Why it was not added.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the error, for one that can't be added.</summary>
    public string? ErrorId { get; init; }
}

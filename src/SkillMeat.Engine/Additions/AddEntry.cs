using SkillMeat.Collections;

namespace SkillMeat.Additions;

/// <summary>The outcome of adding one artifact.</summary>
/// <param name="Spec">The source, as requested.</param>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="Status">The outcome.</param>
/// <remarks>Immutable.</remarks>
public sealed record AddEntry(string Spec, string Collection, AddStatus Status)
{
    /// <summary>The artifact as <c>type:name</c>, or null if it could not be determined.</summary>
    public string? ArtifactId { get; init; }

    /// <summary>The name, or null if it could not be determined.</summary>
    public string? Name { get; init; }

    /// <summary>The name of the type, or null if it could not be determined.</summary>
    public string? Type { get; init; }

    /// <summary>The path, relative to the collection, with <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The fetched commit, or null for a folder.</summary>
    public string? ResolvedSha { get; init; }

    /// <summary>The tag of that commit, or null.</summary>
    public string? ResolvedVersion { get; init; }

    /// <summary>Warnings, such as a missing description.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>The reason why it was not added, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The error id if it cannot be added, or null.</summary>
    public string? ErrorId { get; init; }
}

using SkillMeat.Additions;

namespace SkillMeat.Browsing;

/// <summary>An artifact in a repository or folder.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamArtifact
{
    /// <summary>The id that it has in the collection, or would get, as <c>type:name</c>.</summary>
    public string ArtifactId => $"{Type}:{Name}";

    /// <summary>The name of the type.</summary>
    public required string Type { get; init; }

    /// <summary>The name that it has in the collection, or would get.</summary>
    public required string Name { get; init; }

    /// <summary>The description in its front matter, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The path in the repository or folder, with <c>/</c>. Empty for its root.</summary>
    public required string Path { get; init; }

    /// <summary>The state compared with the collection.</summary>
    public UpstreamArtifactState State { get; init; }

    /// <summary>The commit at which it was listed, or null for a folder.</summary>
    public string? UpstreamSha { get; init; }

    /// <summary>The source with which it can be added.</summary>
    public required string Spec { get; init; }

    /// <summary>The ref that <see cref="Spec"/> names, or null.</summary>
    public string? Ref { get; init; }

    /// <summary>The collection with which it was compared, or null for none.</summary>
    public string? Collection { get; init; }

    /// <summary>Returns the request to add it.</summary>
    /// <returns>The request.</returns>
    public ArtifactAddition ToAddition() => new(Spec) { Type = Type, Name = Name, Ref = Ref, IsPresent = State != UpstreamArtifactState.New };
}

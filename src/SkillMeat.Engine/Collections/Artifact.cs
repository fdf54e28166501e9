
namespace SkillMeat.Collections;

/// <summary>One artifact of a collection, as its manifest and its lock file describe it.</summary>
/// <remarks>Immutable. Times are UTC. Keys that SkillMeat does not know are not here, but they survive every save. JSON has the properties in this order.</remarks>
public sealed record Artifact
{
    internal Artifact(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>Type and name, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name; unique together with the type.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type, such as <c>skill</c>.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>Where the artifact lies, relative to the collection, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>One of <see cref="ArtifactOrigin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>For one from a marketplace: the kind of host it came from (<c>github</c>, <c>gitlab</c>, <c>bitbucket</c>).</summary>
    public string? OriginSource { get; init; }

    /// <summary>When it was added; null when the manifest's text is not a time.</summary>
    public DateTimeOffset? Added { get; init; }

    /// <summary>When it was last updated.</summary>
    public DateTimeOffset? LastUpdated { get; init; }

    /// <summary>The address it came from; null for one that has no upstream.</summary>
    public string? Upstream { get; init; }

    /// <summary>What the user asked to follow: <c>latest</c>, a tag, a branch or a commit.</summary>
    public string? VersionSpec { get; init; }

    /// <summary>
    /// The commit that the files were fetched at. Where manifest and lock file disagree (Python SkillMeat writes the new commit to the lock file only),
    /// this is the lock file's.
    /// </summary>
    public string? ResolvedSha { get; init; }

    /// <summary>The tag it was fetched at, if it was one.</summary>
    public string? ResolvedVersion { get; init; }

    /// <summary>The content hash of the files as they were fetched, from the lock file; null when the lock file has no entry.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The tags, in the manifest's order.</summary>
    public TextValues Tags { get; init; } = [];

    /// <summary>When tags last came from upstream; null when they never did.</summary>
    public DateTimeOffset? TagsImportedAt { get; init; }

    /// <summary>A title for people.</summary>
    public string? Title { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>Its licence, as a rule an SPDX id.</summary>
    public string? License { get; init; }

    /// <summary>Its own version, as its front matter says.</summary>
    public string? Version { get; init; }

    /// <summary>Its category.</summary>
    public string? Category { get; init; }

    /// <summary>Whether upstream calls it deprecated; null when nobody said.</summary>
    public bool? Deprecated { get; init; }

    /// <summary>The tags that came from upstream, among <see cref="Tags"/>; null when that was never recorded.</summary>
    internal TextValues? ImportedTags { get; init; }

    /// <summary>The fields, by name, whose values a refresh took from the repository, because the artifact itself said nothing.</summary>
    internal TextValues FieldsOfRepository { get; init; } = [];
}

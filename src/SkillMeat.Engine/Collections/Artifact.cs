namespace SkillMeat.Collections;

/// <summary>An artifact of a collection, as described by its manifest and lock file.</summary>
/// <remarks>Immutable. Times are UTC. Unknown keys are not represented here, but survive every save. JSON has the properties in this order.</remarks>
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

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The path of the artifact, relative to the collection, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The origin, one of <see cref="ArtifactOrigin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>For an artifact from a marketplace, the kind of its host (<c>github</c>, <c>gitlab</c>, <c>bitbucket</c>).</summary>
    public string? OriginSource { get; init; }

    /// <summary>The time at which it was added, or null if the manifest holds no valid time.</summary>
    public DateTimeOffset? Added { get; init; }

    /// <summary>The time of the last update.</summary>
    public DateTimeOffset? LastUpdated { get; init; }

    /// <summary>The upstream address, or null for an artifact without upstream.</summary>
    public string? Upstream { get; init; }

    /// <summary>The ref to follow: <c>latest</c>, a tag, a branch or a commit.</summary>
    public string? Ref { get; init; }

    /// <summary>
    /// The commit that the files were fetched from. If manifest and lock file disagree, this is the lock file's, because Python SkillMeat writes the new commit
    /// to the lock file only.
    /// </summary>
    public string? ResolvedSha { get; init; }

    /// <summary>The tag of that commit, or null.</summary>
    public string? ResolvedVersion { get; init; }

    /// <summary>The content hash of the files as they were fetched, from the lock file, or null if the lock file has no entry.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The tags, in the manifest's order.</summary>
    public TextValues Tags { get; init; } = [];

    /// <summary>The time at which tags were last imported from upstream, or null for never.</summary>
    public DateTimeOffset? TagsImportedAt { get; init; }

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The author.</summary>
    public string? Author { get; init; }

    /// <summary>The licence, usually an SPDX id.</summary>
    public string? License { get; init; }

    /// <summary>The version in the front matter.</summary>
    public string? Version { get; init; }

    /// <summary>The category.</summary>
    public string? Category { get; init; }

    /// <summary>Whether upstream marks it as deprecated, or null if unknown.</summary>
    public bool? Deprecated { get; init; }

    /// <summary>Those of <see cref="Tags"/> that came from upstream, or null if that was never recorded.</summary>
    internal TextValues? ImportedTags { get; init; }

    /// <summary>The names of the fields that a refresh took from the repository, because the artifact itself has none.</summary>
    internal TextValues FieldsOfRepository { get; init; } = [];
}

namespace SkillMeat.Collections;

/// <summary>An artifact of a collection, as described by its manifest and lock file.</summary>
/// <remarks>Immutable. Times are UTC. Unknown keys are among <see cref="Extra"/> and <see cref="OtherValues"/>, and survive every save.</remarks>
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

    /// <summary>The time at which the files were fetched, from the lock file, or null if the lock file has no valid time.</summary>
    public DateTimeOffset? Fetched => Details.Value.Fetched;

    /// <summary>The time at which it was discovered in a source, or null.</summary>
    public DateTimeOffset? DiscoveredAt => Details.Value.DiscoveredAt;

    /// <summary>The tools that it may use.</summary>
    public TextValues Tools => Details.Value.Tools;

    /// <summary>The artifacts that it needs, as its front matter names them.</summary>
    public TextValues Dependencies => Details.Value.Dependencies;

    /// <summary>The platforms for which it is meant, such as <c>claude_code</c>; empty for all.</summary>
    public TextValues TargetPlatforms => Details.Value.TargetPlatforms;

    /// <summary>The key of the artifact in the database of Python SkillMeat, or null.</summary>
    public string? Uuid => Details.Value.Uuid;

    /// <summary>The id of the import that brought it, or null.</summary>
    public string? ImportId => Details.Value.ImportId;

    /// <summary>The links to other artifacts.</summary>
    public ItemList<LinkedArtifact> LinkedArtifacts => Details.Value.LinkedArtifacts;

    /// <summary>The names that it refers to and for which no artifact is known.</summary>
    public TextValues UnlinkedReferences => Details.Value.UnlinkedReferences;

    /// <summary>The values in <c>metadata.extra</c> that have no property here: other keys of the front matter, a copy of the front matter.</summary>
    public KeyValues Extra => Details.Value.Extra;

    /// <summary>The values of other keys in manifest and lock file, as <c>key</c>, <c>metadata.key</c> and <c>lock.key</c>.</summary>
    public KeyValues OtherValues => Details.Value.OtherValues;

    /// <summary>The data that operations do not need.</summary>
    internal LazyDetails Details { get; init; } = LazyDetails.None;

    /// <summary>Those of <see cref="Tags"/> that came from upstream, or null if that was never recorded.</summary>
    internal TextValues? ImportedTags { get; init; }

    /// <summary>The value of <see cref="Deprecated"/> that came from the front matter, or null if none did.</summary>
    internal bool? ImportedDeprecated { get; init; }

    /// <summary>The names of the fields that a refresh took from the repository, because the artifact itself has none.</summary>
    internal TextValues FieldsOfRepository { get; init; } = [];

    /// <summary>The names of the fields whose values the user set, which neither a refresh nor an update replaces.</summary>
    internal TextValues FieldsOfUser { get; init; } = [];

    /// <summary>The tags that the user removed, which neither a refresh nor an update adds again.</summary>
    internal TextValues RemovedTags { get; init; } = [];

    /// <summary>The other paths of its repository that its content comes from, because links lead to them.</summary>
    internal TextValues LinkedPaths { get; init; } = [];

    /// <summary>The folder of this machine out of which links of its upstream are not followed, because a project named that upstream; null for the git working tree.</summary>
    internal string? LinkBoundary { get; init; }
}

using SkillMeat.Cache.Versions;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Stale;

/// <summary>A deployed artifact that is behind the collection or upstream, or one in the collection that is behind upstream and is not deployed.</summary>
/// <remarks>Immutable.</remarks>
public sealed record StaleArtifact
{
    internal StaleArtifact(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The full path of the project, for the user's own folders that of the home folder; null if the artifact is not deployed.</summary>
    public string? Project { get; init; }

    /// <summary>Whether it lies in the user's own folders.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>The id of the profile, or null if the artifact is not deployed.</summary>
    public string? Profile { get; init; }

    /// <summary>The version of the copy in the project, or null.</summary>
    public string? DeployedVersion { get; init; }

    /// <summary>The version of the artifact in the collection, or null.</summary>
    public string? CollectionVersion { get; init; }

    /// <summary>The version upstream, as far as the last check found it; or null.</summary>
    public string? UpstreamVersion { get; init; }

    /// <summary>The greatest difference to the collection and upstream.</summary>
    public required VersionDifference Difference { get; init; }

    /// <summary>The number of commits by which it is behind upstream, or null if that is not known.</summary>
    public int? CommitsBehind { get; init; }

    /// <summary>Whether the copy is behind the collection.</summary>
    public bool IsBehindCollection { get; init; }

    /// <summary>Whether it is behind upstream.</summary>
    public bool IsBehindUpstream { get; init; }

    /// <summary>The time in UTC at which upstream answered last, or null if it never did.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>The reason that upstream did not answer since; null if no later check failed.</summary>
    public string? Problem { get; init; }
}

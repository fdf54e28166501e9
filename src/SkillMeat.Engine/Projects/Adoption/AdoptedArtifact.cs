using SkillMeat.Collections;
using SkillMeat.Objects;

namespace SkillMeat.Projects.Adoption;

/// <summary>An artifact that lay in a project without a record, or with one of an artifact that the home does not have, and what an adoption does with it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AdoptedArtifact
{
    internal AdoptedArtifact(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; init; }

    /// <summary>The content of the copy, or null if it was not read.</summary>
    internal ObjectId? Content { get; init; }

    /// <summary>The artifact, as <c>type:name</c>. Its name in the collection can be another than that of the copy.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The full path of the copy. Links that lead to it are not listed.</summary>
    public required string Path { get; init; }

    /// <summary>The full path of the project; for the user's own folders that of the home folder.</summary>
    public required string Project { get; init; }

    /// <summary>Whether it lies in the user's own folders.</summary>
    public bool IsUserScope { get; init; }

    /// <summary>The id of the profile of its record.</summary>
    public required string Profile { get; init; }

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The origin, one of <see cref="ArtifactOrigin"/>.</summary>
    public string Origin { get; init; } = ArtifactOrigin.Local;

    /// <summary>The upstream address, or null if it has none or it is not known.</summary>
    public string? Upstream { get; init; }

    /// <summary>The version, or null if it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>The program whose records tell the origin (<c>npx_skills</c>, <c>gh_skill</c> or <c>claude_plugin</c>), <c>collection</c> if the collection does, or null.</summary>
    public string? FoundIn { get; init; }

    /// <summary>The outcome.</summary>
    public required AdoptStatus Status { get; init; }

    /// <summary>The reason for the outcome, or what is known of the origin; null if there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the error, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether something is written for it.</summary>
    public bool IsChange => Status is AdoptStatus.Adopted or AdoptStatus.Recorded or AdoptStatus.Copied;

    /// <summary>Whether another plan for the same copy comes to the same.</summary>
    internal bool IsAs(AdoptedArtifact other) => (Id, Path, Content, Status, Origin, Upstream) == (other.Id, other.Path, other.Content, other.Status, other.Origin, other.Upstream);
}

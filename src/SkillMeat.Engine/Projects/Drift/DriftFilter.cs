using SkillMeat.Collections;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Drift;

/// <summary>Chooses artifacts and profiles.</summary>
internal sealed record DriftFilter(IReadOnlyList<ArtifactType> Types, IReadOnlyList<NamePattern> Names, IReadOnlyList<Profile> Profiles)
{
    /// <summary>The collection or group of the deployments, or null for all, and for copies without a record.</summary>
    public DeploymentScope? Scope { get; init; }

    /// <exception cref="Errors.SkillMeatException">A type, profile or group is unknown, or the collection of the group cannot be read.</exception>
    public static DriftFilter Of(DriftRequest request, CollectionStore store) =>
        new([.. request.Types.Select(ArtifactType.Parse)], request.Names, [.. request.Profiles.Select(ProfileTable.Parse)]) { Scope = DeploymentScope.Of(store, request.Collection, request.Group) };

    public bool Includes(ArtifactId id) => (Types.Count == 0 || Types.Contains(id.Type)) && (Names.Count == 0 || Names.Any(name => name.Matches(id)));

    /// <summary>Whether a deployment is wanted: its artifact, its profile and its collection.</summary>
    public bool Includes(ArtifactId id, string profile, string collection) => Includes(id) && IncludesProfile(profile) && (Scope is null || Scope.Includes(id, collection));

    /// <summary>Whether a record that cannot be read is wanted.</summary>
    public bool Includes(BadRecord bad) => Includes(bad.Artifact) && IncludesProfile(bad.Profile) && (Scope is null || Scope.IncludesArtifact(bad.Artifact));

    /// <summary>Whether a profile of a record is wanted. Records can name profiles that are not known.</summary>
    public bool IncludesProfile(string profile) => Profiles.Count == 0 || Profiles.Any(wanted => wanted.IsNamed(profile));
}

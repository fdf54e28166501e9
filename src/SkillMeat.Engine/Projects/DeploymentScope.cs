using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Projects;

/// <summary>Restricts deployments to those of a collection, or of the members of one of its groups. Copies without a record belong to neither.</summary>
internal sealed class DeploymentScope
{
    private readonly string _collection;
    private readonly HashSet<ArtifactId>? _members;

    private DeploymentScope(string collection, HashSet<ArtifactId>? members)
    {
        _collection = collection;
        _members = members;
    }

    /// <summary>Creates the scope of a collection or group.</summary>
    /// <param name="store">The home.</param>
    /// <param name="collection">The collection; null for all, or for the active one with a group. Without a group it need not exist, because records can name one that is gone.</param>
    /// <param name="group">The group, or null.</param>
    /// <returns>The scope, or null if there is no restriction.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.EntryNotFound"/>: the collection has no such group. Or the collection cannot be found or read.</exception>
    public static DeploymentScope? Of(CollectionStore store, string? collection, string? group)
    {
        if (group is null) return collection is null ? null : new DeploymentScope(collection, members: null);
        var read = store.Read(collection);
        // Members that the collection no longer has can still be deployed.
        var missing = read.FindGroup(group).MissingMembers.Select(GroupMembers.IdOf).OfType<ArtifactId>();
        return new DeploymentScope(read.Name, [.. read.FindMembers(group).Select(artifact => artifact.Id), .. missing]);
    }

    /// <summary>Whether a deployment is in the scope.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="collection">The collection that the record names; null or empty if it names none.</param>
    public bool Includes(ArtifactId artifact, string? collection) => collection == _collection && IncludesArtifact(artifact);

    /// <summary>Whether an artifact is in the scope if the collection is right, for records that cannot be read.</summary>
    public bool IncludesArtifact(ArtifactId artifact) => _members is null || _members.Contains(artifact);
}

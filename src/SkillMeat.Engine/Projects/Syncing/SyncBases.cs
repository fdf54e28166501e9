using SkillMeat.Baselines;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Syncing;

/// <summary>Finds the base of a copy: the content that the copy and the collection of this home had in common last.</summary>
/// <param name="request">The request.</param>
/// <param name="contents">The contents.</param>
internal sealed class SyncBases(SyncRequest request, SyncContents contents)
{
    /// <summary>Finds the base.</summary>
    /// <param name="target">The deployment.</param>
    /// <param name="kept">The contents that this home keeps for the project.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="artifact">The artifact in it.</param>
    /// <param name="copy">The stored copy.</param>
    /// <returns>The stored base, or null if it is not known.</returns>
    public TreeEntry? Find(SyncTarget target, KeptContentList kept, SyncCollection collection, SyncedArtifact artifact, TreeEntry copy)
    {
        var hash = target.Record.ContentHash;
        if (kept.Find(target.FullPath, hash) is { } deployed && collection.Bases.HashOf(deployed.Content) == hash) return deployed.Content;
        if (collection.Bases.Find(target.Artifact, artifact.Path, hash) is { } earlier) return earlier;
        // Another home deployed or synchronized since. This collection never had that content, so the base is older: the one that this home brought there.
        var brought = kept.All.FirstOrDefault(one => one.ReplacedAt is null && one.Artifact == target.Artifact && PathEquality.Comparer.Equals(one.Path, target.FullPath));
        if (brought is { } own && collection.Bases.HashOf(own.Content) is not null) return own.Content;
        // Nobody edited the copy since. With a direction, the person has said which side counts; without one, a merge could take another home's content away.
        return request.Direction != SyncDirection.Both && contents.HashOf(copy) == hash ? copy : null;
    }
}

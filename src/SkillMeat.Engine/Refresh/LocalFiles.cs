using SkillMeat.Collections;
using SkillMeat.Storage;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Refresh;

/// <summary>Compares the files in a collection with what was fetched and with what upstream has. Reads files only when an answer depends on them.</summary>
internal sealed class LocalFiles(string collectionFolder)
{
    /// <summary>What an update would mean for the local files: were they edited since they were fetched?</summary>
    public UpdateRisk RiskOf(Artifact artifact)
    {
        var path = PathOf(artifact);
        return artifact.ContentHash is not { } fetched || !Path.Exists(path)
            ? UpdateRisk.ReviewRequired
            : ContentHash.Of(path) == fetched ? UpdateRisk.SafeUpdate : UpdateRisk.Conflict;
    }

    /// <summary>Whether the local files differ from an upstream object; null when one of the two is not there.</summary>
    public bool? DiffersFrom(Artifact artifact, string? objectId)
    {
        var path = PathOf(artifact);
        return objectId is null || !Path.Exists(path)
            ? null
            : GitObjectId.Of(path).ToString() != objectId;
    }

    private string PathOf(Artifact artifact) => Path.Combine(collectionFolder, artifact.Path);
}

using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Checks;

/// <summary>
/// Compares the files in a collection with what was fetched and with what upstream has. Reads files only when an answer depends on them; files that can't be read tell nothing.
/// </summary>
internal sealed class LocalFiles(string collectionFolder)
{
    /// <summary>What an update would mean for the local files: were they edited since they were fetched?</summary>
    public UpdateRisk RiskOf(Artifact artifact) => AreAsFetched(artifact) switch
    {
        null => UpdateRisk.ReviewRequired,
        true => UpdateRisk.SafeUpdate,
        false => UpdateRisk.Conflict,
    };

    /// <summary>
    /// Whether upstream differs from what was fetched, found out by the local files; null when they can't tell. Files that the user edited differ from any upstream.
    /// </summary>
    public bool? TellIfChanged(Artifact artifact, string? upstreamId)
    {
        if (upstreamId is null || Read(artifact, path => GitObjectId.Of(path).ToString()) is not { } localId)
        {
            return null;
        }

        return localId == upstreamId ? false : AreAsFetched(artifact) == true ? true : null;
    }

    private bool? AreAsFetched(Artifact artifact) =>
        artifact.ContentHash is { } fetched && Read(artifact, ContentHash.Of) is { } now ? now == fetched : null;

    private string? Read(Artifact artifact, Func<string, string> read)
    {
        var path = Path.Combine(collectionFolder, artifact.Path);
        try
        {
            return Path.Exists(path) ? read(path) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }
}

using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>A collection's manifest and lock file as they were, to the byte.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">Why it was made.</param>
/// <param name="Message">What was about to happen.</param>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="CreatedAt">When, in UTC.</param>
/// <param name="ArtifactCount">How many artifacts the manifest listed.</param>
/// <param name="Manifest">The bytes of <c>collection.toml</c>.</param>
/// <param name="LockFile">The bytes of <c>collection.lock</c>; null when there was none.</param>
internal sealed record ManifestSnapshot(
    string Id,
    string Kind,
    string Message,
    string Collection,
    DateTimeOffset CreatedAt,
    int ArtifactCount,
    byte[] Manifest,
    byte[]? LockFile)
{
    public static ManifestSnapshot Of(string collection, CollectionFiles files, string id, string kind, string message, DateTimeOffset now) =>
        new(id, kind, message, collection, now, files.Manifest.Count, files.ManifestBytes, files.LockBytes);
}

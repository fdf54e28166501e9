using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Checks;

/// <summary>
/// Compares the files in a collection with the fetched and the upstream content. Files are read only if the result depends on them; a file that
/// cannot be read gives no result.
/// </summary>
/// <param name="collectionFolder">The full path of the collection.</param>
/// <param name="fetched">The fetched content, or null to count other line endings as an edit.</param>
internal sealed class LocalFiles(string collectionFolder, FetchedTexts? fetched = null)
{
    private const int LongestManifest = 1024 * 1024;

    /// <summary>Returns the risk of an update, which depends on whether the local files were edited since they were fetched.</summary>
    public UpdateRisk RiskOf(Artifact artifact) => AreUnmodified(artifact) switch
    {
        null => UpdateRisk.ReviewRequired,
        true => UpdateRisk.SafeUpdate,
        // An update brings upstream's change in, in the local line endings.
        false when fetched?.HaveSameLines(artifact, Path.Combine(collectionFolder, artifact.Path)) == true => UpdateRisk.SafeUpdate,
        false => UpdateRisk.Conflict,
    };

    /// <summary>
    /// Uses the local files to determine whether upstream differs from the fetched content; null if they were edited or cannot be compared.
    /// </summary>
    public bool? CompareWithUpstream(Artifact artifact, string? upstreamId)
    {
        if (upstreamId is null || Read(artifact, path => IdOf(artifact, path)) is not { } localId)
        {
            return null;
        }

        return localId == upstreamId ? false : AreUnmodified(artifact) == true ? true : null;
    }

    /// <summary>Returns the tree or blob id of an artifact that is as it was fetched; null if it was edited or cannot be read.</summary>
    public string? FindFetchedId(Artifact artifact) => AreUnmodified(artifact) == true ? Read(artifact, path => IdOf(artifact, path)) : null;

    /// <summary>Whether an artifact has files here.</summary>
    public bool Exist(Artifact artifact) => Path.Exists(Path.Combine(collectionFolder, artifact.Path));

    /// <summary>Reads the file that describes an artifact, with its path; null if there is none or it cannot be read.</summary>
    public (string Path, byte[] Bytes)? ReadManifest(Artifact artifact)
    {
        var path = Path.Combine(collectionFolder, artifact.Path);
        try
        {
            var file = !artifact.Id.Type.IsFolder ? path : LocalManifest.Find(path, artifact.Id.Type) is { } name ? Path.Combine(path, name.Replace('/', Path.DirectorySeparatorChar)) : null;
            return file is not null && new FileInfo(file) is { Exists: true, Length: <= LongestManifest, LinkTarget: null } ? (file, RegularFile.ReadAllBytes(file, LongestManifest, LinkUse.Refuse)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            return null;
        }
    }

    /// <summary>Returns the possible paths, in an artifact's folder, of the file that describes it: the usual ones, and the one that it has here.</summary>
    public IReadOnlyList<string> FindManifests(Artifact artifact)
    {
        var type = artifact.Id.Type;
        if (type.SettingsKey is null) return type.ManifestFiles;
        try
        {
            return LocalManifest.Find(Path.Combine(collectionFolder, artifact.Path), type) is { } own && !type.ManifestFiles.Contains(own) ? [own, .. type.ManifestFiles] : type.ManifestFiles;
        }
        catch (StorageException)
        {
            return type.ManifestFiles;
        }
    }

    // The folder of a file that was taken alone is not upstream.
    private static string IdOf(Artifact artifact, string path) =>
        artifact.Upstream is { } source && artifact.Id.Type.IsSettingsFile(source) && Path.Combine(path, source[(source.LastIndexOfAny(['/', '\\']) + 1)..]) is var file && File.Exists(file)
            ? GitObjectId.OfFile(file).ToString()
            : GitObjectId.Of(path).ToString();

    private bool? AreUnmodified(Artifact artifact) =>
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

using SkillMeat.Collections;

namespace SkillMeat.Upstream;

/// <summary>What is asked about one artifact's path.</summary>
/// <param name="Path">The path in the repository, empty for its root.</param>
/// <param name="Type">The artifact's type, which tells the file that describes it.</param>
/// <param name="Follows">The ref that the artifact follows.</param>
/// <param name="BaseCommit">The commit that it was fetched at, 40 hex digits; null when that is not known.</param>
/// <param name="BaseContentHash">The content hash as it was fetched; where commits can't be compared, contents are.</param>
/// <param name="Manifest">How much is wanted of the file that describes it.</param>
internal sealed record PathQuestion(
    string Path,
    ArtifactType Type,
    RefSpec Follows,
    string? BaseCommit,
    string? BaseContentHash,
    ManifestDetail Manifest)
{
    /// <summary>The files that can describe the artifact, as paths in the repository.</summary>
    public IEnumerable<string> ManifestPaths()
    {
        foreach (var file in Type.ManifestFiles)
        {
            yield return Path.Length == 0 ? file : $"{Path}/{file}";
        }

        if (Type.ManifestFiles.Count == 0)
        {
            yield return Path;
        }
    }
}

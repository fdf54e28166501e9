using SkillMeat.Collections;

namespace SkillMeat.Upstream;

/// <summary>A question about the path of one artifact.</summary>
/// <param name="Path">The path in the repository; empty for the root.</param>
/// <param name="Type">The type of the artifact, which determines the file that describes it.</param>
/// <param name="Follows">The ref that the artifact follows.</param>
/// <param name="BaseCommit">The commit that the artifact was fetched at, as 40 hex digits; null if unknown.</param>
/// <param name="BaseContentHash">The content hash of the fetched artifact, for upstreams without commits to compare.</param>
/// <param name="Manifest">The part to read of the file that describes the artifact.</param>
internal sealed record PathQuestion(
    string Path,
    ArtifactType Type,
    RefSpec Follows,
    string? BaseCommit,
    string? BaseContentHash,
    ManifestDetail Manifest)
{
    /// <summary>Whether a folder on this machine, which has no commits, has to say the hash of its content instead. That reads every file.</summary>
    public bool NeedsContentHash { get; init; } = true;

    /// <summary>Whether only the commit of the ref is wanted, and nothing about the path.</summary>
    public bool OnlyCommit { get; init; }

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

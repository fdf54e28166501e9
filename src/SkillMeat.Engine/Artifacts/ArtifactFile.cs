namespace SkillMeat.Artifacts;

/// <summary>A file of an artifact.</summary>
/// <param name="Path">The path in the artifact, with <c>/</c>; for an artifact of one file, the file's name.</param>
/// <param name="Size">The length in bytes; 0 for a link.</param>
/// <param name="IsText">Whether it is text, by git's rule for binary files.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactFile(string Path, long Size, bool IsText)
{
    /// <summary>The permissions of Unix in octal, such as <c>644</c>, or null on Windows and for a link.</summary>
    public string? Mode { get; init; }

    /// <summary>The text of a link, which is not followed, or null.</summary>
    public string? LinkTarget { get; init; }
}

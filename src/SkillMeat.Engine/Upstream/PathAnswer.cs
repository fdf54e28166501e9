using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>An answer from upstream about one path.</summary>
internal sealed record PathAnswer
{
    /// <summary>The commit that the followed ref points to, or the content hash for a folder upstream; null if there is no such ref.</summary>
    public string? Commit { get; init; }

    /// <summary>The tag that the artifact follows; null if it does not follow a tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether the path exists at <see cref="Commit"/>.</summary>
    public bool Exists { get; init; }

    /// <summary>Whether the path is a folder at <see cref="Commit"/>, and no file or link. False where it is not known.</summary>
    public bool IsFolder { get; init; }

    /// <summary>The tree or blob id at <see cref="Commit"/>; null if the path does not exist or only its content could be compared.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The tree or blob id at the commit that the artifact was fetched at; null if that commit or path no longer exists.</summary>
    public string? BaseObjectId { get; init; }

    /// <summary>Whether the content differs from the fetched content; null if unknown.</summary>
    public bool? Changed { get; init; }

    /// <summary>
    /// Whether the path is still a folder, but the file that described the artifact at the fetched commit is gone. Only known where it costs no request; the update asks itself.
    /// </summary>
    public bool HasLostManifest { get; init; }

    /// <summary>The file that describes the artifact; null if it was not requested or does not exist.</summary>
    public FileAnswer? Manifest { get; init; }

    /// <summary>The error for this path alone; null if there was none.</summary>
    public UpstreamException? Error { get; init; }
}

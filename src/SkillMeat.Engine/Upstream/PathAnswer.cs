using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>What upstream said about one path.</summary>
internal sealed record PathAnswer
{
    /// <summary>The commit that the followed ref points at; for a folder upstream the content hash of the path; null when there is no such ref.</summary>
    public string? Commit { get; init; }

    /// <summary>The tag that was followed, if it is one.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether the path is there at <see cref="Commit"/>.</summary>
    public bool Exists { get; init; }

    /// <summary>The tree or blob id at <see cref="Commit"/>; null when the path is not there or only its content could be compared.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The tree or blob id at the commit that the artifact was fetched at; null when that commit or path is not there.</summary>
    public string? BaseObjectId { get; init; }

    /// <summary>Whether the content differs from what was fetched; null when that could not be told.</summary>
    public bool? Changed { get; init; }

    /// <summary>The file that describes the artifact, when it was asked for and is there.</summary>
    public FileAnswer? Manifest { get; init; }

    /// <summary>Why this path could not be asked, though its repository could.</summary>
    public UpstreamException? Error { get; init; }
}

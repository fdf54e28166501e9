using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>An artifact together with the answer from upstream.</summary>
/// <param name="Tracked">The artifact.</param>
/// <param name="Answer">The answer about its repository.</param>
/// <param name="Path">The answer about its path.</param>
internal sealed record AnsweredArtifact(TrackedArtifact Tracked, RepositoryAnswer Answer, PathAnswer Path)
{
    /// <summary>Whether the path is still a folder, but without the file that made it an artifact.</summary>
    public bool HasLostManifest => Path.HasLostManifest;

    /// <summary>Whether the artifact is no longer at the path at the followed ref.</summary>
    public bool IsGone => HasLostManifest || Path is { Error: null, Commit: not null, Exists: false };

    /// <summary>Begins the result of a check, as one that finds nothing new.</summary>
    public ArtifactCheck BeginCheck() => new(Tracked.Artifact.Id)
    {
        Collection = Tracked.Artifact.Collection,
        TagsImportedAt = Tracked.Artifact.TagsImportedAt,
        ChangeType = ChangeType.UpToDate,
        OldSha = Tracked.BaseCommit ?? (Tracked.Source!.Repository.Kind == RepositoryKind.Folder ? Tracked.Artifact.ContentHash : null),
        // Once the path is gone, a folder upstream has no commit to report.
        NewSha = string.IsNullOrEmpty(Path.Commit) ? null : Path.Commit,
        NewTag = Path.Tag,
        Identity = CheckedIdentity.Of(Tracked.Artifact),
        Ref = Tracked.Follows.ToString(),
    };

    /// <summary>Returns the result of a check that follows from this answer alone. Null if that takes more: an artifact that is gone may have moved, and one without a base must be compared by its files.</summary>
    public ArtifactCheck? ToCheck()
    {
        if (Path.Error is { } error) return BeginCheck() with { ChangeType = ChangeType.Unknown, Reason = error.Message, ErrorId = error.ErrorId };
        if (Path is not { Commit: not null, Changed: { } changed } || IsGone || Answer.RenamedTo is not null) return null;
        return BeginCheck() with { ChangeType = changed ? ChangeType.Updated : ChangeType.UpToDate, ContentChanged = changed };
    }
}

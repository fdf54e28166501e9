namespace SkillMeat.Updates;

/// <summary>The outcome of an update for one artifact. In JSON: <c>updated merged unchanged kept_local conflict skipped error removed</c>.</summary>
public enum UpdateStatus
{
    /// <summary>The artifact is the same as upstream's, except for files that exist only locally.</summary>
    Updated,

    /// <summary>Upstream's changes were merged with local edits.</summary>
    Merged,

    /// <summary>Upstream has nothing new.</summary>
    Unchanged,

    /// <summary>The artifact stays as it is, as requested, although upstream has something new.</summary>
    KeptLocal,

    /// <summary>A person has to choose; nothing of the artifact was changed.</summary>
    Conflict,

    /// <summary>There was nothing to do, for the reason given.</summary>
    Skipped,

    /// <summary>The artifact could not be updated.</summary>
    Error,

    /// <summary>Upstream has removed the artifact, and so did the update.</summary>
    Removed,
}

namespace SkillMeat.Updates;

/// <summary>What became of an artifact. In JSON: <c>updated merged unchanged kept_local conflict skipped error</c>.</summary>
public enum UpdateStatus
{
    /// <summary>It is as upstream has it, beside files that exist only locally.</summary>
    Updated,

    /// <summary>Upstream's changes were brought into local edits.</summary>
    Merged,

    /// <summary>Upstream has nothing new.</summary>
    Unchanged,

    /// <summary>It stays as it is, as was asked for, though upstream has something new.</summary>
    KeptLocal,

    /// <summary>A person has to choose; nothing of it was changed.</summary>
    Conflict,

    /// <summary>Nothing was to be done, for the reason that is given.</summary>
    Skipped,

    /// <summary>It could not be updated.</summary>
    Error,
}

namespace SkillMeat.Projects.Syncing;

/// <summary>The outcome of a sync for one artifact in one project.</summary>
public enum SyncStatus
{
    /// <summary>The collection has the project's content now.</summary>
    Pushed,

    /// <summary>The project has the collection's content now.</summary>
    Pulled,

    /// <summary>Both sides changed, and both have the merged content now.</summary>
    Merged,

    /// <summary>The project's version is a new artifact of the collection now.</summary>
    Forked,

    /// <summary>Both sides had the same content already.</summary>
    Unchanged,

    /// <summary>There was nothing to do, for the reason given.</summary>
    Skipped,

    /// <summary>A person has to choose; nothing of the artifact was changed on either side.</summary>
    Conflict,

    /// <summary>It could not be synchronized.</summary>
    Error,
}

namespace SkillMeat.Projects.Syncing;

/// <summary>The treatment of contents that differ.</summary>
public enum SyncStrategy
{
    /// <summary>Merges artifacts that both sides changed, by file and by line. If that is not possible, nothing of the artifact is changed.</summary>
    Merge,

    /// <summary>Takes the side from which the direction goes, and keeps the replaced content in the object store.</summary>
    Overwrite,

    /// <summary>Makes a new artifact of the project's version if it was edited. The collection's artifact stays.</summary>
    Fork,

    /// <summary>Lets a person choose for each artifact. The engine does not prompt: it plans a merge, and the caller passes on the choice.</summary>
    Prompt,
}

namespace SkillMeat.Projects.Syncing;

/// <summary>The choice for one artifact.</summary>
public enum SyncChoice
{
    /// <summary>Brings the changes of each side to the other.</summary>
    Merge,

    /// <summary>Takes the project's version.</summary>
    TakeProject,

    /// <summary>Takes the collection's version.</summary>
    TakeCollection,

    /// <summary>Makes a new artifact of the project's version.</summary>
    Fork,

    /// <summary>Leaves both sides as they are.</summary>
    Skip,
}

namespace SkillMeat.Snapshots.Comparing;

/// <summary>The change of an artifact between two states of a collection.</summary>
public enum SnapshotChangeKind
{
    /// <summary>Only the new state has it.</summary>
    Added,

    /// <summary>Its files, or its entry in manifest or lock file, differ.</summary>
    Changed,

    /// <summary>Only the old state has it.</summary>
    Deleted,
}

namespace SkillMeat.Projects.Syncing;

/// <summary>The direction in which changes travel. If both sides changed and the changes are merged, both sides get the result.</summary>
public enum SyncDirection
{
    /// <summary>From the project to the collection.</summary>
    Push,

    /// <summary>From the collection to the project.</summary>
    Pull,

    /// <summary>From each side to the other.</summary>
    Both,
}

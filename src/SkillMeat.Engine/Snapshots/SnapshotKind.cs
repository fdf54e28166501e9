namespace SkillMeat.Snapshots;

/// <summary>Why snapshots are made. The texts are in their files and in what scripts read.</summary>
internal static class SnapshotKind
{
    /// <summary>Somebody asked for it. Only somebody removes it.</summary>
    public const string Manual = "manual";

    /// <summary>Before a refresh; manifest and lock file only, because a refresh changes nothing else.</summary>
    public const string BeforeRefresh = "pre-refresh";

    /// <summary>Before a rollback of manifest and lock file.</summary>
    public const string BeforeRollback = "pre-rollback";

    /// <summary>Before an update.</summary>
    public const string BeforeUpdate = "pre-update";

    /// <summary>Before artifacts are removed.</summary>
    public const string BeforeRemove = "pre-remove";

    /// <summary>Before a repair changes manifest or lock file.</summary>
    public const string BeforeRepair = "pre-repair";

    /// <summary>Before a snapshot is restored.</summary>
    public const string BeforeRestore = "pre-restore";

    /// <summary>One that the original program made on its own.</summary>
    public const string Automatic = "automatic";
}

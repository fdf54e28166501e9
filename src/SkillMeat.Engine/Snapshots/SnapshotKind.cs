namespace SkillMeat.Snapshots;

/// <summary>The kinds of snapshots. The values are stored in files and read by scripts.</summary>
internal static class SnapshotKind
{
    /// <summary>Taken by the user. Never removed automatically.</summary>
    public const string Manual = "manual";

    /// <summary>Taken before a refresh, of manifest and lock file only, because a refresh changes nothing else.</summary>
    public const string BeforeRefresh = "pre-refresh";

    /// <summary>Taken before an edit of a description, groups, MCP servers or tag definitions, of manifest and lock file only.</summary>
    public const string BeforeEdit = "pre-edit";

    /// <summary>Taken before a restore of manifest and lock file.</summary>
    public const string BeforeRollback = "pre-rollback";

    /// <summary>Taken before an update.</summary>
    public const string BeforeUpdate = "pre-update";

    /// <summary>Taken before a sync with projects changes the collection.</summary>
    public const string BeforeSync = "pre-sync";

    /// <summary>Taken before artifacts are removed.</summary>
    public const string BeforeRemove = "pre-remove";

    /// <summary>Taken before artifacts are moved to another collection or come from one.</summary>
    public const string BeforeMove = "pre-move";

    /// <summary>Taken before artifacts are copied into the collection.</summary>
    public const string BeforeCopy = "pre-copy";

    /// <summary>Taken before the collection is deleted. Never removed automatically: it is all that is left.</summary>
    public const string BeforeDelete = "pre-delete";

    /// <summary>Taken before a repair changes manifest or lock file.</summary>
    public const string BeforeRepair = "pre-repair";

    /// <summary>Taken before a restore of a whole collection.</summary>
    public const string BeforeRestore = "pre-restore";

    /// <summary>Taken automatically by Python SkillMeat.</summary>
    public const string Automatic = "automatic";

    /// <summary>Whether snapshots of a kind are removed only by name.</summary>
    public static bool IsKept(string kind) => kind is Manual or BeforeDelete;
}

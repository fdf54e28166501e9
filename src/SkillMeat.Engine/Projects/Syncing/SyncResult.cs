using SkillMeat.Collections;

namespace SkillMeat.Projects.Syncing;

/// <summary>The result of a sync.</summary>
/// <param name="Entries">The outcomes, by project, in the order of the records.</param>
/// <param name="Warnings">The warnings, one sentence each.</param>
/// <remarks>Immutable.</remarks>
public sealed record SyncResult(ItemList<SyncEntry> Entries, TextValues Warnings)
{
    /// <summary>Whether an artifact could not be synchronized for a reason other than a conflict.</summary>
    public bool HasErrors => Entries.Any(entry => entry.Status == SyncStatus.Error);

    /// <summary>Whether a person has to choose for an artifact.</summary>
    public bool HasConflicts => Entries.Any(entry => entry.Status == SyncStatus.Conflict);
}

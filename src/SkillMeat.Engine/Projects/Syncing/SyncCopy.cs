using SkillMeat.Objects.Trees;

namespace SkillMeat.Projects.Syncing;

/// <summary>A copy in a project during the planning of a sync. Not thread-safe.</summary>
/// <param name="target">The deployment.</param>
/// <param name="entry">The outcome, as far as it is known.</param>
internal sealed class SyncCopy(SyncTarget target, SyncEntry entry)
{
    public SyncTarget Target => target;

    public SyncEntry Entry { get; set; } = entry;

    /// <summary>The folder to lock for the copy.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The full path of the copy without links in it.</summary>
    public string Path { get; set; } = "";

    /// <summary>The copy at the same path of an earlier record, or null.</summary>
    public SyncCopy? Twin { get; set; }

    /// <summary>The content as it is; stored if it differs from the collection's. Null if there is none.</summary>
    public TreeEntry? Before { get; set; }

    /// <summary>Whether the copy differs from its base.</summary>
    public bool IsEdited { get; set; }

    /// <summary>Whether parts of it are in settings of Claude Code.</summary>
    public bool IsActive { get; set; }

    /// <summary>The artifact whose planned content the copy gets, or null if it stays as it is.</summary>
    public SyncedArtifact? Artifact { get; set; }

    /// <summary>The planned content with the permissions of the project.</summary>
    public TreeEntry? After { get; set; }

    /// <summary>The new artifact that the copy becomes, or null.</summary>
    public SyncFork? Fork { get; set; }

    /// <summary>The path in the profile root to which a fork moves.</summary>
    public string ForkPath { get; set; } = "";

    /// <summary>Sets the outcome.</summary>
    public void Report(SyncStatus status, string? reason = null) => Entry = Entry with { Status = status, Reason = reason };
}

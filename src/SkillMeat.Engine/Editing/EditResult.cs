using SkillMeat.Collections;

namespace SkillMeat.Editing;

/// <summary>The outcome of an edit of a manifest.</summary>
/// <remarks>Immutable.</remarks>
public sealed record EditResult
{
    internal EditResult(Collection collection)
    {
        After = collection;
    }

    /// <summary>The collection as the edits left it, or would leave it in a dry run.</summary>
    public Collection After { get; }

    /// <summary>Whether the edits changed, or would change, anything.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The snapshot of manifest and lock file before the edits, or before the series of small edits that they continue. Null if nothing was changed.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }
}

using SkillMeat.Storage;

namespace SkillMeat.Organizing;

/// <summary>A request to move or copy artifacts to another collection.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TransferRequest
{
    /// <summary>The artifacts, as names, <c>type:name</c>, or patterns of either with <c>*</c> and <c>?</c>. All of them are transferred, or none.</summary>
    public required IReadOnlyList<string> Artifacts { get; init; }

    /// <summary>The name of their type, or null for any.</summary>
    public string? Type { get; init; }

    /// <summary>The collection that has them, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>The collection to which they go.</summary>
    public required string Destination { get; init; }

    /// <summary>The name of a single artifact there, or null for the same.</summary>
    public string? NewName { get; init; }

    /// <summary>Whether to skip the snapshots from which the collections could be restored.</summary>
    public bool SkipSnapshot { get; init; }

    /// <summary>Whether to only report what would be transferred.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for other processes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

using SkillMeat.Storage;

namespace SkillMeat.Organizing;

/// <summary>A request to delete a collection.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeleteCollectionRequest
{
    /// <summary>The collection. The active one must be named as well.</summary>
    public required string Collection { get; init; }

    /// <summary>Whether to only report what would be deleted.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for other processes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

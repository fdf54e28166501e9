using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Additions;

/// <summary>A request to add artifacts.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AddRequest
{
    /// <summary>The artifacts. All of them are added, or none, unless <see cref="KeepGoing"/> is set.</summary>
    public required IReadOnlyList<ArtifactAddition> Artifacts { get; init; }

    /// <summary>Whether the artifacts that can be added are added even if others cannot.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>The group that the artifacts join in the same transaction, also those that the collection has already; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>The full path that relative folders are relative to.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>The maximum time to wait for another process that changes the collection. After it, <see cref="LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

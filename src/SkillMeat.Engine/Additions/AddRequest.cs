using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Additions;

/// <summary>What is to be added.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AddRequest
{
    /// <summary>The artifacts: all of them are added, or none.</summary>
    public required IReadOnlyList<ArtifactAddition> Artifacts { get; init; }

    /// <summary>The collection; null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>What a relative folder refers to, a full path.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>How long to wait for another process that changes the collection; after that <see cref="LockTimeoutException"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

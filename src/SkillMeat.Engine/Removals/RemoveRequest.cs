using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Removals;

/// <summary>What is to be removed.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RemoveRequest
{
    /// <summary>The artifacts, as names or <c>type:name</c>: all of them are removed, or none.</summary>
    public required IReadOnlyList<string> Artifacts { get; init; }

    /// <summary>The name of the type that they have; null where their names tell.</summary>
    public string? Type { get; init; }

    /// <summary>The collection; null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether their files stay.</summary>
    public bool KeepFiles { get; init; }

    /// <summary>True to go without the snapshot that brings everything back.</summary>
    public bool SkipSnapshot { get; init; }

    /// <summary>True to only say what would be removed.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long to wait for another process that changes the collection; after that <see cref="LockTimeoutException"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}

using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Refresh;

/// <summary>What a refresh or an update check is to do.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshRequest
{
    /// <summary>The collection; null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>Which artifacts.</summary>
    public ArtifactFilter Filter { get; init; } = ArtifactFilter.Everything;

    /// <summary>Which fields; all by default.</summary>
    public IReadOnlyList<RefreshField> Fields { get; init; } = RefreshField.All;

    /// <summary>For a check: whether it shall say too which of <see cref="Fields"/> a refresh would change. Costs no further round of questions.</summary>
    public bool NameChangedFields { get; init; }

    /// <summary>True to only say what would change.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long to wait for another process that changes the collection; after that <see cref="LockTimeoutException"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

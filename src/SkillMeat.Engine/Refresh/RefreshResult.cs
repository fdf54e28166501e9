
namespace SkillMeat.Refresh;

/// <summary>The outcome of a refresh.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshResult
{
    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The snapshot from before the change; null when nothing changed, and in a dry run.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>The totals.</summary>
    public required RefreshSummary Summary { get; init; }

    /// <summary>One for each artifact that passed the filter, in the manifest's order.</summary>
    public required IReadOnlyList<RefreshEntry> Entries { get; init; }
}

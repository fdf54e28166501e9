
namespace SkillMeat.Refresh;

/// <summary>The result of a refresh.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshResult
{
    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The snapshot from before the change; null if nothing changed, and in a dry run.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Whether this was a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>The totals.</summary>
    public required RefreshSummary Summary { get; init; }

    /// <summary>The entries of the artifacts that pass the filter, in the order of the manifest.</summary>
    public required IReadOnlyList<RefreshEntry> Entries { get; init; }
}

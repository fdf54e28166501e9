
namespace SkillMeat.Checks;

/// <summary>The totals of an update check.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdateCheckSummary
{
    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The number of artifacts that are unchanged upstream.</summary>
    public required int UpToDateCount { get; init; }

    /// <summary>The number of artifacts that changed upstream.</summary>
    public required int UpdatedCount { get; init; }

    /// <summary>The number of artifacts that moved upstream.</summary>
    public required int MovedCount { get; init; }

    /// <summary>The number of artifacts that were deleted upstream.</summary>
    public required int DeletedCount { get; init; }

    /// <summary>The number of artifacts that upstream has and the collection does not.</summary>
    public required int NewCount { get; init; }

    /// <summary>The number of artifacts that have no upstream or could not be checked.</summary>
    public required int UnknownCount { get; init; }

    /// <summary>The number of errors.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>The duration of the check.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether any artifact has an update.</summary>
    public bool HasUpdates => UpdatedCount + MovedCount > 0;
}

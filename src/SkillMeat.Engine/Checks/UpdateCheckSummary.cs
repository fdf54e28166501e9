
namespace SkillMeat.Checks;

/// <summary>The totals of an update check.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdateCheckSummary
{
    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>Artifacts whose content upstream is the same.</summary>
    public required int UpToDateCount { get; init; }

    /// <summary>Artifacts whose content upstream differs.</summary>
    public required int UpdatedCount { get; init; }

    /// <summary>Artifacts that are elsewhere upstream.</summary>
    public required int MovedCount { get; init; }

    /// <summary>Artifacts that are no longer upstream.</summary>
    public required int DeletedCount { get; init; }

    /// <summary>Artifacts that upstream has and the collection does not.</summary>
    public required int NewCount { get; init; }

    /// <summary>Artifacts without upstream, and those about which it could not tell.</summary>
    public required int UnknownCount { get; init; }

    /// <summary>What upstream could not tell.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>How long the check took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether any artifact has an update.</summary>
    public bool HasUpdates => UpdatedCount + MovedCount > 0;
}

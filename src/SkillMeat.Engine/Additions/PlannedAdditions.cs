using SkillMeat.Collections;

namespace SkillMeat.Additions;

/// <summary>The additions to a collection, planned and not yet written.</summary>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="Files">The manifest and the lock file, edited in memory.</param>
/// <param name="Entries">The outcome for each requested artifact.</param>
/// <param name="Additions">The artifacts that are added.</param>
internal sealed record PlannedAdditions(string Collection, CollectionFiles Files, List<AddEntry> Entries, IReadOnlyList<PreparedAddition> Additions)
{
    /// <summary>The name of the group that artifacts join, or null.</summary>
    public string? Joined { get; init; }
}

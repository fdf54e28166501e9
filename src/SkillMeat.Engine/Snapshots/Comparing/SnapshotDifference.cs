using SkillMeat.Collections;

namespace SkillMeat.Snapshots.Comparing;

/// <summary>The differences between two states of a collection.</summary>
/// <param name="From">The id of the old snapshot.</param>
/// <param name="To">The id of the new snapshot, or null for the collection as it is now.</param>
/// <param name="Changes">The artifacts that differ.</param>
/// <param name="ChangedPaths">The paths of all files that differ, relative to the collection, those of no artifact among them.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotDifference(string From, string? To, ItemList<SnapshotChange> Changes, TextValues ChangedPaths);

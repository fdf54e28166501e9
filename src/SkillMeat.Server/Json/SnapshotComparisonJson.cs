using SkillMeat.Collections;
using SkillMeat.Snapshots.Comparing;

namespace SkillMeat.Server.Json;

/// <summary>The differences between two states of a collection. The new one is a snapshot, or <c>current</c>.</summary>
internal sealed record SnapshotComparisonJson(string From, string To, IReadOnlyList<SnapshotChangeJson> Changes, TextValues ChangedPaths)
{
    public const string Current = "current";

    public static SnapshotComparisonJson Of(SnapshotDifference one) => new(one.From, one.To ?? Current, [.. one.Changes.Select(SnapshotChangeJson.Of)], one.ChangedPaths);
}

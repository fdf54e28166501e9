using SkillMeat.Collections;
using SkillMeat.Snapshots.Comparing;

namespace SkillMeat.Server.Json;

/// <summary>An artifact that differs between two states of a collection.</summary>
internal sealed record SnapshotChangeJson(string ArtifactId, SnapshotChangeKind Change, TextValues ChangedFiles)
{
    public static SnapshotChangeJson Of(SnapshotChange one) => new(one.ArtifactId, one.Change, one.ChangedFiles);
}

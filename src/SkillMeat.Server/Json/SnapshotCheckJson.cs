using SkillMeat.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Server.Json;

/// <summary>The verification of a snapshot, as <c>skm snapshot verify</c> prints it.</summary>
internal sealed record SnapshotCheckJson(string Id, string Collection, bool IsSound, int ObjectCount, long SizeBytes, TextValues Problems, string SnapshotId)
{
    public static SnapshotCheckJson Of(SnapshotCheck check) => new(check.SnapshotId, check.Collection, check.IsSound, check.ObjectCount, check.SizeBytes, check.Problems, check.SnapshotId);
}

using System.Text.Json.Serialization;
using SkillMeat.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output.Json;

/// <summary>A snapshot, as <c>skm snapshot</c> prints it.</summary>
internal sealed record SnapshotJson(string Id, string Kind, DateTimeOffset CreatedAt, string Message, int ArtifactCount, long SizeBytes, long? ContentBytes, string Collection, string? Problem)
{
    /// <summary>What the snapshot could not take in; null, and left out, unless it was just made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextValues? Warnings { get; init; }

    public static SnapshotJson Of(SnapshotInfo snapshot) => new(
        snapshot.Id, snapshot.Kind, snapshot.CreatedAt, snapshot.Message, snapshot.ArtifactCount, snapshot.SizeBytes, snapshot.ContentBytes, snapshot.Collection, snapshot.Problem);
}

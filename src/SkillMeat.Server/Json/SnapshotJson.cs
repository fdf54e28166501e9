using System.Text.Json.Serialization;
using SkillMeat.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Server.Json;

/// <summary>A snapshot, as <c>skm snapshot</c> prints it.</summary>
internal sealed record SnapshotJson(
    string Id,
    string Kind,
    DateTimeOffset CreatedAt,
    string Message,
    int ArtifactCount,
    long SizeBytes,
    long? ContentBytes,
    string Collection,
    string? Problem,
    [property: JsonPropertyOrder(1)] string SnapshotId)
{
    /// <summary>The warnings about files that the snapshot could not store; null, and omitted, unless it was just taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextValues? Warnings { get; init; }

    public static SnapshotJson Of(SnapshotInfo snapshot) => new(
        snapshot.SnapshotId, snapshot.Kind, snapshot.CreatedAt, snapshot.Message, snapshot.ArtifactCount, snapshot.SizeBytes, snapshot.ContentBytes, snapshot.Collection, snapshot.Problem, snapshot.SnapshotId);
}

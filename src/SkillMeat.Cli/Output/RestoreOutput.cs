using System.Text.Json;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>How the result of a restore is written.</summary>
internal static class RestoreOutput
{
    /// <summary>Writes the result.</summary>
    /// <param name="run">Where to.</param>
    /// <param name="result">The result.</param>
    /// <param name="artifacts">What was put back; empty for the whole collection.</param>
    /// <param name="writeMore">Writes further keys behind the common ones.</param>
    public static void Write(CommandRun run, RestoreResult result, IReadOnlyCollection<string> artifacts, Action<Utf8JsonWriter>? writeMore = null)
    {
        foreach (var warning in result.Warnings)
        {
            run.Warn(warning);
        }

        if (run.IsJson)
        {
            run.WriteJson(json => Write(json, result, writeMore));
            return;
        }

        var state = $"{What(result.Collection, artifacts)} {(artifacts.Count > 1 ? "are" : "is")} as in snapshot {result.SnapshotId}";
        var count = artifacts.Count == 0 ? $" ({result.ArtifactCount} artifacts)" : "";
        run.Say(result.IsUnchanged ? $"{state} already; nothing was written."
            : result.SafetySnapshotId is { } safety ? $"{state}{count}, read back and compared. Snapshot {safety} undoes this."
            : $"{state}{count}, read back and compared. There was no manifest before.");
    }

    /// <summary>Says what is put back, in a question and in its outcome.</summary>
    public static string What(string collection, IReadOnlyCollection<string> artifacts) =>
        artifacts.Count == 0 ? $"'{collection}'" : $"{string.Join(", ", artifacts)} of '{collection}'";

    private static void Write(Utf8JsonWriter json, RestoreResult result, Action<Utf8JsonWriter>? writeMore)
    {
        json.WriteStartObject();
        json.WriteString("collection", result.Collection);
        json.WriteString("snapshot_id", result.SnapshotId);
        json.WriteString("safety_snapshot_id", result.SafetySnapshotId);
        json.WriteNumber("artifact_count", result.ArtifactCount);
        json.WriteBoolean("verified", true);
        json.WriteTexts("warnings", result.Warnings);
        writeMore?.Invoke(json);
        json.WriteEndObject();
    }
}

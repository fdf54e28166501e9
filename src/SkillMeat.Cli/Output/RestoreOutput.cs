using SkillMeat.Server.Json;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of a restore.</summary>
internal static class RestoreOutput
{
    private const int MostNamed = 10;

    /// <summary>Writes the result.</summary>
    /// <param name="run">The run to write to.</param>
    /// <param name="result">The result.</param>
    /// <param name="artifacts">The restored artifacts; empty for the whole collection.</param>
    public static void Write(CommandRun run, RestoreResult result, IReadOnlyCollection<string> artifacts)
    {
        foreach (var warning in result.Warnings)
        {
            run.Warn(warning);
        }

        if (run.IsJson)
        {
            run.WriteJson(RestoreJson.Of(result));
            return;
        }

        var state = $"{What(result.Collection, artifacts)} {(artifacts.Count > 1 ? "are" : "is")} as in snapshot {result.SnapshotId}";
        var count = artifacts.Count == 0 ? $" ({result.ArtifactCount} artifacts)" : "";
        run.Say(result.IsUnchanged ? $"{state} already; nothing was written."
            : result.SafetySnapshotId is { } safety ? $"{state}{count}, read back and compared. Snapshot {safety} undoes this."
            : $"{state}{count}, read back and compared. There was no manifest before.");
        if (result.ChangedArtifacts.Count > 0)
        {
            var more = result.ChangedArtifacts.Count > MostNamed ? $" and {result.ChangedArtifacts.Count - MostNamed} more" : "";
            run.Say($"Changed: {string.Join(", ", result.ChangedArtifacts.Take(MostNamed))}{more}.");
        }
    }

    /// <summary>Names the restored collection or artifacts, for the prompt and the result.</summary>
    public static string What(string collection, IReadOnlyCollection<string> artifacts) =>
        artifacts.Count == 0 ? $"'{collection}'" : $"{string.Join(", ", artifacts)} of '{collection}'";
}

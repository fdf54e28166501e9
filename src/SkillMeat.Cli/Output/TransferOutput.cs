using System.Globalization;
using SkillMeat.Organizing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes artifacts that were moved or copied.</summary>
internal static class TransferOutput
{
    public static void Write(CommandRun run, IReadOnlyList<TransferredArtifact> artifacts)
    {
        var first = artifacts[0];
        foreach (var warning in first.Warnings) run.Warn(warning);
        if (!first.DryRun && first.SnapshotId is null) run.Warn("no snapshot was taken, as requested, so this cannot be undone.");
        if (run.IsJson)
        {
            run.WriteJson(artifacts.Select(TransferredJson.Of));
            return;
        }

        var status = (first.DryRun ? "would be " : "") + (first.IsMoved ? "moved" : "copied");
        run.Tables().Write(
            ["Artifact", "Status", new("Deployments", 1), "Path"],
            artifacts.Select(one => new[] { one.ArtifactId, status, one.Deployments.ToString(CultureInfo.InvariantCulture), one.Path }));
        run.Say($"{artifacts.Count} {status} from collection '{first.Source}' to '{first.Collection}'.");
        if (first.SnapshotId is not { } id) return;
        run.Say($"Snapshot {id} of '{first.Collection}' {(first.SourceSnapshotId is { } other ? $"and {other} of '{first.Source}' were" : "was")} taken first; 'skm snapshot restore' restores a collection from its snapshot.");
    }
}

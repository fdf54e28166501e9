using SkillMeat.Cli.Output.Json;
using SkillMeat.Refresh;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of a refresh.</summary>
internal static class RefreshOutput
{
    public static void Write(CommandRun run, RefreshResult result)
    {
        if (run.IsJson)
        {
            run.WriteJson(RefreshJson.Of(result));
            return;
        }

        run.Tables().Write(["Artifact", "Status", "What changed / why"], result.Entries.SelectMany(RowsOf));
        var summary = result.Summary;
        run.Say(
            $"{summary.RefreshedCount} {(result.DryRun ? "would be refreshed" : "refreshed")}, {summary.UnchangedCount} unchanged, {summary.SkippedCount} skipped, "
            + $"{summary.ErrorCount} failed in {summary.Duration.TotalMilliseconds:0} ms.");
        if (result.SnapshotId is { } id)
        {
            run.Say($"Snapshot {id} was taken first; 'skm collection rollback --collection {result.Collection} --snapshot {id}' restores it.");
        }
    }

    private static string Status(RefreshEntry entry) => entry is { DryRun: true, Status: RefreshStatus.Refreshed } ? "would be refreshed" : EnumName.Of(entry.Status);

    /// <summary>One row for each changed field, and one for each artifact without changes.</summary>
    private static IEnumerable<string[]> RowsOf(RefreshEntry entry) => entry.Changes.Count == 0
        ? [[entry.ArtifactId, Status(entry), entry.Error ?? entry.Reason ?? ""]]
        : entry.Changes.Select((field, i) => new[]
        {
            i == 0 ? entry.ArtifactId : "",
            i == 0 ? Status(entry) : "",
            $"{field}: {ShortTexts.Value(entry.OldValues[field])} → {ShortTexts.Value(entry.NewValues[field])}",
        });
}

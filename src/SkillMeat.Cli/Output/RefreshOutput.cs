using System.Text.Json;
using SkillMeat.Refresh;

namespace SkillMeat.Cli.Output;

/// <summary>How the result of a refresh is written.</summary>
internal static class RefreshOutput
{
    public static void Write(CommandRun run, RefreshResult result)
    {
        if (run.IsJson)
        {
            run.WriteJson(json => Write(json, result));
            return;
        }

        run.Tables().Write(["Artifact", "Status", "What changed / why"], result.Entries.SelectMany(RowsOf));
        var summary = result.Summary;
        run.Say(
            $"{summary.RefreshedCount} {(result.DryRun ? "would be refreshed" : "refreshed")}, {summary.UnchangedCount} unchanged, {summary.SkippedCount} skipped, "
            + $"{summary.ErrorCount} failed in {summary.Duration.TotalMilliseconds:0} ms.");
        if (result.SnapshotId is { } id)
        {
            run.Say($"Snapshot {id} is from before; 'skm collection rollback --collection {result.Collection} --snapshot {id}' goes back to it.");
        }
    }

    private static void Write(Utf8JsonWriter json, RefreshResult result)
    {
        json.WriteStartObject();
        json.WriteString("collection", result.Collection);
        json.WriteString("snapshot_id", result.SnapshotId);
        json.WriteBoolean("dry_run", result.DryRun);
        json.WriteStartObject("summary");
        json.WriteNumber("refreshed_count", result.Summary.RefreshedCount);
        json.WriteNumber("unchanged_count", result.Summary.UnchangedCount);
        json.WriteNumber("skipped_count", result.Summary.SkippedCount);
        json.WriteNumber("error_count", result.Summary.ErrorCount);
        json.WriteNumber("total_processed", result.Summary.TotalProcessed);
        json.WriteNumber("success_rate", Math.Round(result.Summary.SuccessRate, 2));
        json.WriteMilliseconds("duration_ms", result.Summary.Duration);
        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (var entry in result.Entries)
        {
            Write(json, entry);
            json.FlushWhenLarge();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RefreshEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("artifact_id", entry.ArtifactId);
        json.WriteString("status", NameOf(entry.Status));
        json.WriteTexts("changes", entry.Changes);
        json.WriteFields("old_values", entry.OldValues);
        json.WriteFields("new_values", entry.NewValues);
        json.WriteString("reason", entry.Reason);
        json.WriteString("error", entry.Error);
        json.WriteString("code", entry.ErrorId);
        json.WriteMilliseconds("duration_ms", entry.Duration);
        json.WriteEndObject();
    }

    private static string NameOf(RefreshStatus status) => status switch
    {
        RefreshStatus.Refreshed => "refreshed",
        RefreshStatus.Unchanged => "unchanged",
        RefreshStatus.Skipped => "skipped",
        _ => "error",
    };

    /// <summary>A row for each field that changed, for the other artifacts one.</summary>
    private static IEnumerable<string[]> RowsOf(RefreshEntry entry) => entry.Changes.Count == 0
        ? [[entry.ArtifactId, NameOf(entry.Status), entry.Error ?? entry.Reason ?? ""]]
        : entry.Changes.Select((field, i) => new[]
        {
            i == 0 ? entry.ArtifactId : "",
            i == 0 ? NameOf(entry.Status) : "",
            $"{field}: {ShortTexts.Value(entry.OldValues[field])} → {ShortTexts.Value(entry.NewValues[field])}",
        });
}

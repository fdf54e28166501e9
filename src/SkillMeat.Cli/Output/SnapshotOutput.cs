using System.Globalization;
using SkillMeat.Server.Json;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>Writes snapshots.</summary>
internal static class SnapshotOutput
{
    /// <summary>Writes a page as a table, or as a JSON array.</summary>
    public static void Write<T>(CommandRun run, SnapshotPage page, Func<SnapshotInfo, T> toJson)
    {
        if (run.IsJson)
        {
            run.WriteJson(page.Snapshots.Select(toJson));
            return;
        }

        WriteTable(run, page.Snapshots);
        if (page.Skipped + page.Snapshots.Count < page.Total)
        {
            run.Say($"{page.Snapshots.Count} of {page.Total}; --skip {page.Skipped + page.Snapshots.Count} shows more.");
        }
    }

    public static void WriteOne(CommandRun run, SnapshotInfo snapshot)
    {
        if (run.IsJson)
        {
            run.WriteJson(SnapshotJson.Of(snapshot));
        }
        else
        {
            WriteDetails(run, snapshot);
        }
    }

    /// <summary>Writes a snapshot that was just taken.</summary>
    public static void WriteTaken(CommandRun run, SnapshotInfo snapshot)
    {
        foreach (var warning in snapshot.Warnings)
        {
            run.Warn(warning);
        }

        if (run.IsJson)
        {
            run.WriteJson(SnapshotJson.Of(snapshot) with { Warnings = snapshot.Warnings });
        }
        else
        {
            run.Say($"Snapshot {snapshot.SnapshotId} holds '{snapshot.Collection}' as it is now ({snapshot.ArtifactCount} artifacts, {snapshot.ContentBytes} bytes) and added {snapshot.SizeBytes} bytes to the disk.");
        }
    }

    /// <summary>Writes snapshots that were removed.</summary>
    public static void WriteRemoved(CommandRun run, string collection, IReadOnlyList<SnapshotInfo> snapshots)
    {
        if (run.IsJson)
        {
            run.WriteJson(snapshots.Select(SnapshotJson.Of));
        }
        else
        {
            run.Say(snapshots.Count == 0 ? $"'{collection}' has no such snapshots; nothing was removed." : $"Removed {snapshots.Count} of the snapshots of '{collection}'.");
        }
    }

    private static void WriteDetails(CommandRun run, SnapshotInfo snapshot) => run.Tables().WriteDetails(
        [
            ("Snapshot", snapshot.SnapshotId),
            ("Collection", snapshot.Collection),
            ("Kind", snapshot.Kind),
            ("Made (UTC)", ShortTexts.Time(snapshot.CreatedAt)),
            ("Message", snapshot.Message),
            ("Artifacts", Number(snapshot.ArtifactCount)),
            ("Bytes held", Number(snapshot.ContentBytes)),
            ("Bytes added", Number(snapshot.SizeBytes)),
            ("Problem", snapshot.Problem ?? ""),
        ]);

    private static void WriteTable(CommandRun run, IEnumerable<SnapshotInfo> snapshots) => run.Tables().Write(
        ["Snapshot", new("Made (UTC)", 1), new("Kind", 5), new("Artifacts", 2), new("Held", 4), new("Added", 3), "Message / problem"],
        snapshots.Select(s => new[] { s.SnapshotId, ShortTexts.Time(s.CreatedAt), s.Kind, Number(s.ArtifactCount), Number(s.ContentBytes), Number(s.SizeBytes), s.Problem ?? s.Message }));

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

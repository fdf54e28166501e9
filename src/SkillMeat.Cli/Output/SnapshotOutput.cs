using System.Globalization;
using System.Text.Json;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>How snapshots are written.</summary>
internal static class SnapshotOutput
{
    /// <summary>Writes a page as a table, or as an array of objects with these keys.</summary>
    public static void Write(CommandRun run, SnapshotPage page, Action<Utf8JsonWriter, SnapshotInfo> writeKeys)
    {
        if (run.IsJson)
        {
            run.WriteJson(json => WriteArray(json, page.Snapshots, writeKeys));
            return;
        }

        WriteTable(run, page.Snapshots);
        if (page.Skipped + page.Snapshots.Count < page.Total)
        {
            run.Say($"{page.Snapshots.Count} of {page.Total}; --skip {page.Skipped + page.Snapshots.Count} shows the next.");
        }
    }

    public static void WriteOne(CommandRun run, SnapshotInfo snapshot)
    {
        if (run.IsJson)
        {
            run.WriteJson(json => Write(json, snapshot, WriteKeys));
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
            run.WriteJson(json => Write(json, snapshot, WriteKeysOfTaken));
        }
        else
        {
            run.Say($"Snapshot {snapshot.Id} holds '{snapshot.Collection}' as it is now ({snapshot.ArtifactCount} artifacts, {snapshot.ContentBytes} bytes) and added {snapshot.SizeBytes} bytes to the disk.");
        }
    }

    /// <summary>Writes snapshots that are gone.</summary>
    public static void WriteRemoved(CommandRun run, string collection, IReadOnlyList<SnapshotInfo> snapshots)
    {
        if (run.IsJson)
        {
            run.WriteJson(json => WriteArray(json, snapshots, WriteKeys));
        }
        else
        {
            run.Say(snapshots.Count == 0 ? $"'{collection}' has no such snapshots; nothing was removed." : $"Removed {snapshots.Count} of the snapshots of '{collection}'.");
        }
    }

    /// <summary>The keys of <c>skm snapshot</c>, without the braces.</summary>
    public static void WriteKeys(Utf8JsonWriter json, SnapshotInfo snapshot)
    {
        WriteIdentity(json, snapshot);
        WriteContent(json, snapshot);
        json.WriteString("collection", snapshot.Collection);
        json.WriteString("problem", snapshot.Problem);
    }

    /// <summary>The same keys in the order of <c>skm collection snapshots</c>, which scripts may rely on.</summary>
    public static void WriteKeysOfCollection(Utf8JsonWriter json, SnapshotInfo snapshot)
    {
        WriteIdentity(json, snapshot);
        json.WriteString("collection", snapshot.Collection);
        WriteContent(json, snapshot);
        json.WriteString("problem", snapshot.Problem);
    }

    private static void WriteKeysOfTaken(Utf8JsonWriter json, SnapshotInfo snapshot)
    {
        WriteKeys(json, snapshot);
        json.WriteTexts("warnings", snapshot.Warnings);
    }

    private static void WriteDetails(CommandRun run, SnapshotInfo snapshot) => run.Tables().Write(
        ["Property", "Value"],
        [
            ["Snapshot", snapshot.Id],
            ["Collection", snapshot.Collection],
            ["Kind", snapshot.Kind],
            ["Made (UTC)", ShortTexts.Time(snapshot.CreatedAt)],
            ["Message", snapshot.Message],
            ["Artifacts", Number(snapshot.ArtifactCount)],
            ["Bytes held", Number(snapshot.ContentBytes)],
            ["Bytes added", Number(snapshot.SizeBytes)],
            ["Problem", snapshot.Problem ?? ""],
        ]);

    private static void WriteTable(CommandRun run, IEnumerable<SnapshotInfo> snapshots) => run.Tables().Write(
        ["Snapshot", "Made (UTC)", "Kind", "Artifacts", "Held", "Added", "Message / problem"],
        snapshots.Select(s => new[] { s.Id, ShortTexts.Time(s.CreatedAt), s.Kind, Number(s.ArtifactCount), Number(s.ContentBytes), Number(s.SizeBytes), s.Problem ?? s.Message }));

    private static void WriteArray(Utf8JsonWriter json, IEnumerable<SnapshotInfo> snapshots, Action<Utf8JsonWriter, SnapshotInfo> writeKeys)
    {
        json.WriteStartArray();
        foreach (var snapshot in snapshots)
        {
            Write(json, snapshot, writeKeys);
            json.FlushWhenLarge();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SnapshotInfo snapshot, Action<Utf8JsonWriter, SnapshotInfo> writeKeys)
    {
        json.WriteStartObject();
        writeKeys(json, snapshot);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, SnapshotInfo snapshot)
    {
        json.WriteString("id", snapshot.Id);
        json.WriteString("kind", snapshot.Kind);
    }

    private static void WriteContent(Utf8JsonWriter json, SnapshotInfo snapshot)
    {
        json.WriteTime("created_at", snapshot.CreatedAt);
        json.WriteString("message", snapshot.Message);
        json.WriteNumber("artifact_count", snapshot.ArtifactCount);
        json.WriteNumber("size_bytes", snapshot.SizeBytes);
        if (snapshot.ContentBytes is { } length) json.WriteNumber("content_bytes", length);
        else json.WriteNull("content_bytes");
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>How an export of a snapshot is written.</summary>
internal static class SnapshotExportOutput
{
    public static void Write(CommandRun run, SnapshotExport export)
    {
        if (!run.IsJson)
        {
            var where = export.IsListed ? ", and listed for the original SkillMeat" : "";
            run.Say($"Snapshot {export.Id} of '{export.Collection}' is in {export.Path} ({export.SizeBytes} bytes){where}.");
            return;
        }

        run.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", export.Id);
            json.WriteString("collection", export.Collection);
            json.WriteString("path", export.Path);
            json.WriteNumber("size_bytes", export.SizeBytes);
            json.WriteBoolean("is_listed", export.IsListed);
            json.WriteEndObject();
        });
    }
}

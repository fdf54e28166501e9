using SkillMeat.Server.Json;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of an export.</summary>
internal static class SnapshotExportOutput
{
    public static void Write(CommandRun run, SnapshotExport export)
    {
        if (run.IsJson)
        {
            run.WriteJson(SnapshotExportJson.Of(export));
            return;
        }

        var where = export.IsListed ? ", and listed for Python SkillMeat" : "";
        run.Say($"Snapshot {export.SnapshotId} of '{export.Collection}' is in {export.Path} ({export.SizeBytes} bytes){where}.");
    }
}

using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Errors;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection rollback</c>.</summary>
internal static class CollectionRollbackCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collection();
        var snapshot = new Option<string>("--snapshot", "-s") { Description = "The snapshot to go back to; 'skm collection snapshots' lists them.", HelpName = "ID", Required = true };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do it without asking." };
        return commands.Create(
            "rollback",
            "Puts manifest and lock file back to a snapshot, after a snapshot of what is there now.",
            [collection, snapshot, yes],
            async (run, parsed, cancellationToken) =>
            {
                var store = run.OpenHome();
                var name = parsed.GetValue(collection) ?? store.ActiveCollection;
                var id = parsed.GetRequiredValue(snapshot);
                if (!parsed.GetValue(yes) && !Ask(run, name, id))
                {
                    return ExitCode.Error;
                }

                var result = await new CollectionSnapshots(store).RestoreAsync(name, id, [], run.LockTimeout, cancellationToken);
                Write(run, result);
                return ExitCode.Success;
            });
    }

    private static bool Ask(CommandRun run, string collection, string id)
    {
        if (!run.IsInteractive)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "A rollback asks first, and nobody can be asked here. Say --yes to do it without.");
        }

        if (run.Confirm($"Put '{collection}' back to snapshot {id}?"))
        {
            return true;
        }

        run.Warn("nothing was changed.");
        return false;
    }

    private static void Write(CommandRun run, RollbackResult result)
    {
        foreach (var warning in result.Warnings)
        {
            run.Warn(warning);
        }

        if (run.IsJson)
        {
            run.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("collection", result.Collection);
                json.WriteString("snapshot_id", result.SnapshotId);
                json.WriteString("safety_snapshot_id", result.SafetySnapshotId);
                json.WriteNumber("artifact_count", result.ArtifactCount);
                json.WriteBoolean("verified", true);
                json.WriteTexts("warnings", result.Warnings);
                json.WriteEndObject();
            });
            return;
        }

        run.Say(result.IsUnchanged ? $"'{result.Collection}' is as in snapshot {result.SnapshotId} already; nothing was written."
            : result.SafetySnapshotId is { } safety
            ? $"'{result.Collection}' is as in snapshot {result.SnapshotId} ({result.ArtifactCount} artifacts), read back and compared. Snapshot {safety} undoes this."
            : $"'{result.Collection}' is as in snapshot {result.SnapshotId} ({result.ArtifactCount} artifacts), read back and compared. There was no manifest before.");
    }
}

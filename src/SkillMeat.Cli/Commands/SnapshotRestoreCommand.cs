using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm snapshot restore</c>.</summary>
internal static class SnapshotRestoreCommand
{
    public static Command Create(CommandFactory commands)
    {
        var id = SnapshotOptions.Id();
        var collection = ArtifactOptions.Collection();
        var artifact = new Option<string[]>("--artifact", "-a")
        {
            Description = "Restore only this artifact (a name, or type:name), with its files and entries. May be repeated.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = false,
        };
        var yes = new YesOption();
        return commands.Create(
            "restore",
            "Restores a collection, or some of its artifacts, from a snapshot. Takes a snapshot of the current state first.",
            [id, collection, artifact, yes.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var artifacts = CommandRun.ChoicesOf(parsed, artifact);
                var store = run.OpenHome();
                var name = parsed.GetValue(collection) ?? store.ActiveCollection;
                var snapshots = new CollectionSnapshots(store);
                // A missing snapshot is reported before the prompt.
                var snapshot = snapshots.Find(name, parsed.GetRequiredValue(id));
                if (!yes.Agrees(run, parsed, "A restore", $"Restore {RestoreOutput.What(name, artifacts)} from snapshot {snapshot.SnapshotId} ({snapshot.Problem ?? snapshot.Message})?"))
                {
                    return ExitCode.Error;
                }

                RestoreResult result;
                using (run.ShowProgress("Restoring…"))
                {
                    result = await snapshots.RestoreAsync(name, snapshot.SnapshotId, artifacts, run.LockTimeout, cancellationToken);
                }

                RestoreOutput.Write(run, result, artifacts, hasPaths: true);
                return ExitCode.Success;
            });
    }
}

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
            Description = "Only this artifact, its files and its entries: a name, or type:name; may be repeated. Everything else stays as it is.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = false,
        };
        var yes = new YesOption();
        return commands.Create(
            "restore",
            "Puts a collection, or some artifacts of it, back to a snapshot, after a snapshot of what is there now.",
            [id, collection, artifact, yes.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var artifacts = CommandRun.ChoicesOf(parsed, artifact);
                var store = run.OpenHome();
                var name = parsed.GetValue(collection) ?? store.ActiveCollection;
                var snapshots = new CollectionSnapshots(store);
                // Not there is found out before anybody is asked.
                var snapshot = snapshots.Find(name, parsed.GetRequiredValue(id));
                if (!yes.Agrees(run, parsed, "A restore", $"Put {RestoreOutput.What(name, artifacts)} back to snapshot {snapshot.Id} ({snapshot.Problem ?? snapshot.Message})?"))
                {
                    return ExitCode.Error;
                }

                RestoreResult result;
                using (run.ShowProgress("Restoring…"))
                {
                    result = await snapshots.RestoreAsync(name, snapshot.Id, artifacts, run.LockTimeout, cancellationToken);
                }

                RestoreOutput.Write(run, result, artifacts, hasPaths: true);
                return ExitCode.Success;
            });
    }
}

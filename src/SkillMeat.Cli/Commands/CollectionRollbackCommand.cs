using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection rollback</c>.</summary>
internal static class CollectionRollbackCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collection();
        var snapshot = new Option<string>("--snapshot", "-s") { Description = "The snapshot to restore; 'skm collection snapshots' lists them.", HelpName = "ID", Required = true };
        var yes = new YesOption();
        return commands.Create(
            "rollback",
            "Restores a collection from a snapshot. Takes a snapshot of the current state first.",
            [collection, snapshot, yes.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var store = run.OpenHome();
                var name = parsed.GetValue(collection) ?? store.ActiveCollection;
                var id = parsed.GetRequiredValue(snapshot);
                if (!yes.Agrees(run, parsed, "A rollback", $"Restore '{name}' from snapshot {id}?"))
                {
                    return ExitCode.Error;
                }

                var result = await new CollectionSnapshots(store).RestoreAsync(name, id, [], run.LockTimeout, cancellationToken);
                RestoreOutput.Write(run, result, artifacts: []);
                return ExitCode.Success;
            });
    }
}

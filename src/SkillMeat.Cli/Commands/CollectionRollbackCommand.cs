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
        var snapshot = new Option<string>("--snapshot", "-s") { Description = "The snapshot to go back to; 'skm collection snapshots' lists them.", HelpName = "ID", Required = true };
        var yes = new YesOption();
        return commands.Create(
            "rollback",
            "Puts a collection back to a snapshot, after a snapshot of what is there now.",
            [collection, snapshot, yes.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var store = run.OpenHome();
                var name = parsed.GetValue(collection) ?? store.ActiveCollection;
                var id = parsed.GetRequiredValue(snapshot);
                if (!yes.Agrees(run, parsed, "A rollback", $"Put '{name}' back to snapshot {id}?"))
                {
                    return ExitCode.Error;
                }

                var result = await new CollectionSnapshots(store).RestoreAsync(name, id, [], run.LockTimeout, cancellationToken);
                RestoreOutput.Write(run, result, artifacts: [], hasPaths: false);
                return ExitCode.Success;
            });
    }
}

using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm snapshot new</c>.</summary>
internal static class SnapshotNewCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collection();
        var message = new Option<string>("--message", "-m") { Description = "The message of the snapshot, shown in lists.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        return commands.Create("new", "Takes a snapshot of a whole collection. It is kept until it is removed by id.", [collection, message], async (run, parsed, cancellationToken) =>
        {
            var store = run.OpenHome();
            SnapshotInfo taken;
            using (run.ShowProgress("Taking the snapshot…"))
            {
                taken = await new CollectionSnapshots(store).TakeAsync(parsed.GetValue(collection), parsed.GetRequiredValue(message), run.LockTimeout, cancellationToken);
            }

            SnapshotOutput.WriteTaken(run, taken);
            return ExitCode.Success;
        });
    }
}

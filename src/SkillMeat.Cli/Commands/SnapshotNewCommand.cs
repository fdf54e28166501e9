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
        var message = new Option<string>("--message", "-m") { Description = "What a list shows of it.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        return commands.Create("new", "Takes a snapshot of a whole collection. It stays until somebody removes it by its id.", [collection, message], async (run, parsed, cancellationToken) =>
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

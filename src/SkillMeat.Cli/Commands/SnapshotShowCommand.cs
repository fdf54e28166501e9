using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm snapshot show</c>.</summary>
internal static class SnapshotShowCommand
{
    public static Command Create(CommandFactory commands)
    {
        var id = SnapshotOptions.Id();
        var collection = ArtifactOptions.Collection();
        return commands.Create("show", "Shows one snapshot.", [id, collection], (run, parsed) =>
        {
            var snapshot = new CollectionSnapshots(run.OpenHomeToRead()).Find(parsed.GetValue(collection), parsed.GetRequiredValue(id));
            SnapshotOutput.WriteOne(run, snapshot);
            return snapshot.Problem is null ? ExitCode.Success : ExitCode.Error;
        });
    }
}

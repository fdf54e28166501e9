using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Commands;

/// <summary>Creates the commands that list snapshots. They differ in the names of their options and in the order of their keys, which scripts rely on.</summary>
internal static class SnapshotListing
{
    public static Command Create<T>(CommandFactory commands, string name, PageOptions pages, Func<SnapshotInfo, T> toJson)
    {
        var collection = ArtifactOptions.Collection();
        return commands.Create(name, "Lists the snapshots of a collection, newest first.", [collection, .. pages.All], (run, parsed) =>
        {
            var (skip, take) = pages.Read(parsed);
            var page = new CollectionSnapshots(run.OpenHomeToRead()).List(parsed.GetValue(collection), skip, take);
            SnapshotOutput.Write(run, page, toJson);
            return page.Snapshots.Any(s => s.Problem is not null) ? ExitCode.Error : ExitCode.Success;
        });
    }
}

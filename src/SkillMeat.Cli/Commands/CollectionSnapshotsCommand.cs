using System.CommandLine;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection snapshots</c>.</summary>
internal static class CollectionSnapshotsCommand
{
    public static Command Create(CommandFactory commands) =>
        SnapshotListing.Create(commands, "snapshots", new PageOptions("--first", "--limit"), CollectionSnapshotJson.Of);
}

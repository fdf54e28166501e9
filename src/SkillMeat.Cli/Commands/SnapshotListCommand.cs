using System.CommandLine;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm snapshot list</c>.</summary>
internal static class SnapshotListCommand
{
    public static Command Create(CommandFactory commands) =>
        SnapshotListing.Create(commands, "list", new PageOptions("--take", "--first", "--limit"), SnapshotJson.Of);
}

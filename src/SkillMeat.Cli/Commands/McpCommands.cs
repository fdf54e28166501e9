using System.CommandLine;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm mcp</c>.</summary>
internal static class McpCommands
{
    public static Command Create(CommandFactory commands)
    {
        var entries = new EntryCommands(commands, EntryKind.McpServers);
        return new Command("mcp", "MCP servers of collections: list, add, edit, remove.")
        {
            entries.List("list"),
            entries.Create("add"),
            entries.Edit("edit"),
            entries.Remove("remove", "Removes MCP servers from a collection."),
        };
    }
}

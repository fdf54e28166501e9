using System.CommandLine;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm tag</c>.</summary>
internal static class TagCommands
{
    public static Command Create(CommandFactory commands)
    {
        var entries = new EntryCommands(commands, EntryKind.Tags);
        return new Command("tag", "Tag definitions of collections: list, add, edit, remove.")
        {
            entries.List("list"),
            entries.Create("add"),
            entries.Edit("edit"),
            entries.Remove("remove", "Removes tag definitions from a collection. Artifacts keep their tags."),
        };
    }
}

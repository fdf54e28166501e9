using System.CommandLine;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary>The option <c>--group</c>, which restricts artifacts to the members of a group.</summary>
internal sealed class GroupOption(string description = "Only members of this group of the collection.")
{
    private readonly Option<string?> _option = new("--group") { Description = description, HelpName = "NAME" };

    public Option<string?> Symbol => _option;

    /// <summary>The name of the group, or null. An empty name is a script's variable without a value, and must not mean everything.</summary>
    public string? Read(ParseResult parsed) => parsed.GetValue(_option) is { } name && string.IsNullOrWhiteSpace(name)
        ? throw new SkillMeatException(ErrorIds.InvalidArgument, "--group is empty. Leave it out to select all.")
        : parsed.GetValue(_option);

    /// <summary>Returns a filter, restricted to the members that the collection has. Warns about missing ones.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.EntryNotFound"/>: the collection has no such group.</exception>
    public ArtifactFilter Narrow(CommandRun run, ParseResult parsed, Collection collection, ArtifactFilter filter) =>
        Read(parsed) is { } group ? filter.Within(FindMembers(run, collection, group).Select(artifact => ArtifactId.Parse(artifact.ArtifactId))) : filter;

    /// <summary>Finds the members that the collection has. Warns about missing ones.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.EntryNotFound"/>: the collection has no such group.</exception>
    public static IReadOnlyList<Artifact> FindMembers(CommandRun run, Collection collection, string group)
    {
        WarnOfMissing(run, collection, group);
        return collection.FindMembers(group);
    }

    /// <summary>Warns about members that the collection does not have.</summary>
    public static void WarnOfMissing(CommandRun run, Collection collection, string group)
    {
        if (collection.FindGroup(group) is { MissingMembers: { Count: > 0 } missing } found) run.Warn($"group '{found.Name}' names {missing}, which collection '{collection.Name}' does not have.");
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using SkillMeat.Cli.Commands;
using SkillMeat.Cli.Completion;
using SkillMeat.Collections;

namespace SkillMeat.Cli;

/// <summary>Describes why a command line cannot be used, with the command or option that was probably meant.</summary>
internal static class ParseProblem
{
    /// <summary>Returns the description, or null for a command line that can be used.</summary>
    public static string? Find(ParseResult parsed)
    {
        var unknown = FindOptions(parsed).FirstOrDefault();
        if (parsed.Errors.Count == 0) return unknown is null ? null : $"'{unknown}' is not an option of this command.{Suggest(parsed, unknown)}{(unknown.Length > 2 ? " After '--', it is no option." : "")}";
        var nearest = parsed.UnmatchedTokens.Select(token => Suggest(parsed, token)).FirstOrDefault(suggestion => suggestion.Length > 0);
        return $"{string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))}{nearest}";
    }

    // Arguments that look like options: a misspelled option would otherwise become the name of an artifact or a source.
    private static IEnumerable<string> FindOptions(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        return parsed.CommandResult.Command.Arguments
            .SelectMany(argument => (parsed.GetResult(argument)?.Tokens ?? []).Select(token => token.Value).Where(value => argument.Name == SearchCommand.TextName ? LooksLikeLongOption(value) : value is ['-', _, ..]))
            .Where(before.Contains);
    }

    // In a text to search for, a hyphen is a sign like any other, unless it is followed by another and a word.
    private static bool LooksLikeLongOption(string value) => value is ['-', '-', >= 'a' and <= 'z', ..];

    // After a misspelled command, the next word may have been taken for one.
    private static IEnumerable<Command> CommandsAround(Command command) => command.Subcommands.Concat(command.Parents.OfType<Command>().SelectMany(CommandsAround));

    private static string Suggest(ParseResult parsed, string typed)
    {
        var command = parsed.CommandResult.Command;
        var names = typed.StartsWith('-') ? TypedLine.OptionsOf(command).Where(option => !option.Hidden).Select(option => option.Name) : CommandsAround(command).Where(one => !one.Hidden).Select(one => one.Name);
        return NearestName.Find(typed, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
    }
}

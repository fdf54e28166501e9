using System.CommandLine;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary>The options that set values of an entry.</summary>
/// <param name="kind">The list.</param>
internal sealed class EntryValueOptions(EntryKind kind)
{
    private readonly List<(string Key, Option<string?> Option)> _values =
        [.. kind.Values.Select(one => (one.Key, new Option<string?>(one.Option) { Description = one.Description, HelpName = one.Option[2..].ToUpperInvariant() }))];

    private readonly Option<string[]> _variables = new("--env")
    {
        Description = "An environment variable to set. NAME alone takes the value from the environment of this command, so that a secret is in no command line.",
        HelpName = "NAME[=VALUE]",
    };

    private readonly Option<string[]> _removed = new("--unset-env") { Description = "An environment variable to remove.", HelpName = "NAME" };

    public IEnumerable<Symbol> Symbols(bool isNew) => [.. _values.Select(one => one.Option), .. kind.HasVariables ? isNew ? [_variables] : (Option[])[_variables, _removed] : []];

    public Dictionary<string, string?> Read(ParseResult parsed) => _values.Where(one => parsed.GetResult(one.Option) is not null).ToDictionary(one => one.Key, one => parsed.GetValue(one.Option));

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a variable without a value is not in the environment.</exception>
    public Dictionary<string, string?> ReadVariables(CommandRun run, ParseResult parsed)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (!kind.HasVariables) return variables;
        foreach (var name in parsed.GetValue(_removed) ?? []) variables[name] = null;
        foreach (var text in parsed.GetValue(_variables) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0) variables[text[..equals]] = text[(equals + 1)..];
            else variables[text] = run.Environment(text) ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"--env {text}: this command's environment has no variable '{text}'. Set it, or write {text}=VALUE.");
        }

        return variables;
    }
}

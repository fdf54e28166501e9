using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SkillMeat.Cli;

/// <summary>Creates options that take a time in seconds, with a decimal point in every culture.</summary>
internal static class SecondsOption
{
    public static Option<double> Create(string name, string description, double standard, bool recursive = false) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        Recursive = recursive,
        DefaultValueFactory = _ => standard,
        CustomParser = result => Parse(name, result),
    };

    // Without digit groups: '1,5' would be 15.
    private static double Parse(string name, ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            result.AddError($"{name} takes a number of seconds, such as 1.5, not '{text}'.");
        }

        return seconds;
    }
}

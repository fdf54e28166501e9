using System.Globalization;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The arguments of the command line: plain words and <c>--name value</c>.</summary>
internal sealed class CommandArguments
{
    private static readonly string[] Switches = ["--v0", "--no-compression", "--lenient-git"];

    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private CommandArguments()
    {
    }

    public List<string> Words { get; } = [];

    /// <exception cref="ArgumentException">An option has no value.</exception>
    public static CommandArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new CommandArguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                parsed.Words.Add(argument);
            }
            else if (Switches.Contains(argument))
            {
                parsed._options[argument] = "";
            }
            else
            {
                parsed._options[argument] = ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{argument} needs a value.");
            }
        }

        return parsed;
    }

    public bool Has(string name)
    {
        _used.Add(name);
        return _options.ContainsKey(name);
    }

    public string? Text(string name)
    {
        _used.Add(name);
        return _options.GetValueOrDefault(name);
    }

    /// <exception cref="ArgumentException">The value is not a whole number.</exception>
    public int Number(string name, int otherwise) => Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"{name} needs a whole number, not '{text}'.");

    /// <exception cref="ArgumentException">There is an unknown option.</exception>
    public void RejectUnknown()
    {
        if (_options.Keys.FirstOrDefault(name => !_used.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"There is no option {unknown}.");
        }
    }
}

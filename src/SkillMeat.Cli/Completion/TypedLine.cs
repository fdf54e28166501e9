using System.CommandLine;

namespace SkillMeat.Cli.Completion;

/// <summary>A command line as far as it is typed. It need not be valid.</summary>
internal sealed class TypedLine
{
    private readonly List<(string Option, string Value)> _values = [];
    private readonly List<string> _arguments = [];

    private TypedLine(Command root)
    {
        Command = root;
    }

    /// <summary>The command.</summary>
    public Command Command { get; private set; }

    /// <summary>The name of the command.</summary>
    public string CommandName => Command.Name;

    /// <summary>The option whose value is being typed, or null.</summary>
    public Option? Awaiting { get; private set; }

    /// <summary>Whether <c>--</c> was typed, after which nothing is an option.</summary>
    public bool IsAfterOptions { get; private set; }

    /// <summary>The words that are neither commands nor options nor their values.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    /// <summary>The options that the command has.</summary>
    public IEnumerable<Option> Options => OptionsOf(Command).Where(option => !option.Hidden);

    /// <summary>Reads a line.</summary>
    /// <param name="root">The root command.</param>
    /// <param name="words">The words before the one that is being typed.</param>
    public static TypedLine Read(Command root, IReadOnlyList<string> words)
    {
        var line = new TypedLine(root);
        foreach (var word in words) line.Add(word);
        return line;
    }

    /// <summary>Returns the values that an option was given.</summary>
    public IReadOnlyList<string> ValuesOf(string option) => [.. _values.Where(one => one.Option == option).Select(one => one.Value)];

    /// <summary>Returns the value that an option was given, or null.</summary>
    public string? ValueOf(string option) => ValuesOf(option) is [.., var last] ? last : null;

    /// <summary>Finds the option of a name or alias.</summary>
    public Option? FindOption(string name) => OptionsOf(Command).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    /// <summary>Finds the argument that is being typed, or null if the command takes no more.</summary>
    public Argument? FindArgument()
    {
        var place = _arguments.Count;
        foreach (var argument in Command.Arguments)
        {
            if (place < argument.Arity.MaximumNumberOfValues) return argument;
            place -= argument.Arity.MaximumNumberOfValues;
        }

        return null;
    }

    /// <summary>Lists the options of a command, with those of the commands above it.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive));

    private void Add(string word)
    {
        if (Awaiting is { } option)
        {
            _values.Add((option.Name, word));
            Awaiting = null;
        }
        else if (!IsAfterOptions && word == "--")
        {
            IsAfterOptions = true;
        }
        else if (!IsAfterOptions && word is ['-', _, ..])
        {
            AddOption(word);
        }
        else if (!IsAfterOptions && _arguments.Count == 0 && Command.Subcommands.FirstOrDefault(command => command.Name == word || command.Aliases.Contains(word)) is { } command)
        {
            Command = command;
        }
        else
        {
            _arguments.Add(word);
        }
    }

    private void AddOption(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (FindOption(equals < 0 ? word : word[..equals]) is not { } option) return;
        if (equals >= 0) _values.Add((option.Name, word[(equals + 1)..]));
        else if (option.Arity.MinimumNumberOfValues > 0) Awaiting = option;
    }
}

using System.CommandLine;

namespace SkillMeat.Cli;

/// <summary>Creates commands whose actions get a <see cref="CommandRun"/>.</summary>
internal sealed class CommandFactory(SkmHost host, GlobalOptions options)
{
    public Command Create(string name, string description, IEnumerable<Symbol> symbols, Func<CommandRun, ParseResult, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Options.Add(option);
                    break;
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                default:
                    throw new ArgumentException($"A {symbol.GetType().Name} cannot be part of a command.", nameof(symbols));
            }
        }

        command.SetAction((parsed, cancellationToken) => work(new CommandRun(host, options, parsed), parsed, cancellationToken));
        return command;
    }

    /// <summary>Creates a command with a synchronous action.</summary>
    public Command Create(string name, string description, IEnumerable<Symbol> symbols, Func<CommandRun, ParseResult, int> work) =>
        Create(name, description, symbols, (run, parsed, _) => Task.FromResult(work(run, parsed)));
}

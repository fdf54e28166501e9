using Spectre.Console;

namespace SkillMeat.Cli;

/// <summary>Opens the terminal for choices.</summary>
internal static class Prompts
{
    /// <summary>Opens a terminal that is known to be interactive.</summary>
    /// <param name="terminal">The writer of standard error.</param>
    public static IAnsiConsole Open(TextWriter terminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(terminal) });
}

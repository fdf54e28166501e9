using System.CommandLine;
using SkillMeat.Cli.Completion;
using SkillMeat.Cli.Output;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm complete</c>, for the scripts of <c>skm completion</c>: the words that can take the place of the last one, each with a tab and its meaning.</summary>
internal static class CompleteCommand
{
    public static Command Create(CommandFactory commands, RootCommand root)
    {
        var words = new Argument<string[]>("words") { Description = "The command line after the name of the program.", Arity = ArgumentArity.ZeroOrMore };
        var command = commands.Create("complete", "Completes a command line. For the scripts of 'skm completion'.", [words], (run, parsed) =>
        {
            // A name with other characters cannot be typed.
            var found = new LineCompleter(root, run.Environment).Complete(parsed.GetValue(words) ?? []).Where(one => PlainText.OnOneLine(one.Value) == one.Value);
            run.Tables().WriteText(string.Concat(found.Select(one => $"{one.Value}\t{PlainText.OnOneLine(one.Meaning)}\n")));
            return ExitCode.Success;
        });
        command.Hidden = true;
        return command;
    }
}

using System.CommandLine;
using SkillMeat.Cli.Completion;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm completion</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create(CommandFactory commands)
    {
        var shell = new Argument<string>("shell") { Description = "The shell: bash, zsh, fish or pwsh. The first lines of each script say where it goes." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        return commands.Create("completion", "Prints a script that completes command lines with Tab: commands, options, types, artifacts.", [shell], (run, parsed) =>
        {
            run.Tables().WriteText(CompletionScript.For(parsed.GetRequiredValue(shell)).ReplaceLineEndings("\n"));
            return ExitCode.Success;
        });
    }
}

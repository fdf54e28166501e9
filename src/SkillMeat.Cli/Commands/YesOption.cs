using System.CommandLine;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary>The option <c>--yes</c> of commands that ask for confirmation.</summary>
internal sealed class YesOption
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };

    public Symbol Symbol => _yes;

    /// <summary>Whether to proceed: with <c>--yes</c>, or if the user confirms.</summary>
    /// <param name="run">The run that prompts.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="what">The operation, as the start of an error message: <c>A rollback</c>.</param>
    /// <param name="question">The question.</param>
    /// <exception cref="SkillMeatException">There is no console to prompt on.</exception>
    public bool Agrees(CommandRun run, ParseResult parsed, string what, string question)
    {
        if (parsed.GetValue(_yes))
        {
            return true;
        }

        if (!run.IsInteractive)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{what} needs confirmation, and {run.WhyNoPrompt}. Pass --yes to confirm.");
        }

        if (run.Confirm(question))
        {
            return true;
        }

        run.Warn("nothing was changed.");
        return false;
    }
}

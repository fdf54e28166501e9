using System.CommandLine;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary>The option of commands that ask before they do something.</summary>
internal sealed class YesOption
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do it without asking." };

    public Symbol Symbol => _yes;

    /// <summary>Whether to go ahead: because that was said, or because somebody agrees.</summary>
    /// <param name="run">Where to ask.</param>
    /// <param name="parsed">What was said.</param>
    /// <param name="what">What it is, as an error begins: <c>A rollback</c>.</param>
    /// <param name="question">What is asked.</param>
    /// <exception cref="SkillMeatException">Nobody can be asked.</exception>
    public bool Agrees(CommandRun run, ParseResult parsed, string what, string question)
    {
        if (parsed.GetValue(_yes))
        {
            return true;
        }

        if (!run.IsInteractive)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{what} asks first, and nobody can be asked here. Say --yes to do it without.");
        }

        if (run.Confirm(question))
        {
            return true;
        }

        run.Warn("nothing was changed.");
        return false;
    }
}

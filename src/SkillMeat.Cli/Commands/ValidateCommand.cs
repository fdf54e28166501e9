using System.CommandLine;
using SkillMeat.Artifacts.Judging;
using SkillMeat.Cli.Output;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm validate</c>.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandFactory commands)
    {
        var paths = new Argument<string[]>("path") { Description = "Folders and files: an artifact, or a repository of them.", Arity = ArgumentArity.OneOrMore };
        return commands.Create(
            "validate",
            "Judges artifacts before they are published, against the Agent Skills specification. Changes nothing. The exit code is 1 if there are errors.",
            [paths],
            (run, parsed, cancellationToken) =>
            {
                var problems = parsed.GetRequiredValue(paths).SelectMany(path => ArtifactJudge.Judge(path, path, cancellationToken)).ToList();
                ValidateOutput.Write(run, problems);
                return Task.FromResult(problems.Exists(problem => problem.Severity == ProblemSeverity.Error) ? ExitCode.Error : ExitCode.Success);
            });
    }
}

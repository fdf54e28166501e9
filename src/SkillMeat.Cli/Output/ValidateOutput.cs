using System.Globalization;
using SkillMeat.Artifacts.Judging;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the problems of artifacts.</summary>
internal static class ValidateOutput
{
    public static void Write(CommandRun run, IReadOnlyList<ArtifactProblem> problems)
    {
        if (run.IsJson)
        {
            run.WriteJson(problems);
            return;
        }

        if (problems.Count > 0)
        {
            run.Tables().Write(
                ["Path", "Line", "Severity", "Problem"],
                problems.Select(problem => new[] { problem.Path, problem.Line?.ToString(CultureInfo.InvariantCulture) ?? "", EnumName.Of(problem.Severity), $"{problem.Message} ({problem.Code})" }));
        }

        var errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        var warnings = problems.Count - errors;
        run.Say(problems.Count == 0 ? "No problems found." : $"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}.");
    }
}

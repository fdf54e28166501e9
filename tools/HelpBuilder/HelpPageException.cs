namespace SkillMeat.HelpBuilder;

/// <summary>The error of help pages that are not valid.</summary>
/// <param name="problems">All problems, in the order of files and lines; at least one.</param>
public sealed class HelpPageException(IReadOnlyList<HelpProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All problems, in the order of files and lines.</summary>
    public IReadOnlyList<HelpProblem> Problems { get; } = problems;
}

namespace SkillMeat.HelpBuilder;

/// <summary>A help page, or several, that are not what they should be.</summary>
/// <param name="problems">Everything that is wrong, in the order of files and lines; at least one.</param>
public sealed class HelpPageException(IReadOnlyList<HelpProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Everything that is wrong, in the order of files and lines.</summary>
    public IReadOnlyList<HelpProblem> Problems { get; } = problems;
}

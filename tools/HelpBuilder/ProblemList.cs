namespace SkillMeat.HelpBuilder;

/// <summary>Collects the problems of one page, so that an author sees all of them at once.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<HelpProblem> _problems = [];

    public bool IsEmpty => _problems.Count == 0;

    public void Add(int line, string text) => _problems.Add(new HelpProblem(file, line, text));

    /// <exception cref="HelpPageException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty)
        {
            throw new HelpPageException(_problems.OrderBy(p => p.Line).ToList());
        }
    }
}

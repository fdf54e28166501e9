namespace SkillMeat.Upstream.FrontMatters;

/// <summary>The result of parsing YAML strictly.</summary>
/// <param name="Problem">The problem that ended the parsing; null if there was none.</param>
/// <param name="Known">The known keys; null if there is a problem.</param>
/// <param name="All">All keys; null if there is a problem.</param>
internal sealed record FrontMatterParse(FrontMatterProblem? Problem, FrontMatter? Known = null, IReadOnlyDictionary<string, FrontMatterValue>? All = null)
{
    /// <summary>The problems that did not end the parsing.</summary>
    public IReadOnlyList<FrontMatterProblem> Doubtful { get; init; } = [];
}

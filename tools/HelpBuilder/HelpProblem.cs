namespace SkillMeat.HelpBuilder;

/// <summary>A problem in a help page: content that Get-Help could not show, or that contradicts the rest of the page.</summary>
/// <param name="File">The path of the page, as given.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Text">The description of the problem, without its place.</param>
public sealed record HelpProblem(string File, int Line, string Text)
{
    /// <summary>Formats file, line and problem so that editors and CI can jump to the place.</summary>
    public override string ToString() => $"{File}:{Line}: {Text}";
}

namespace SkillMeat.HelpBuilder;

/// <summary>Something in a help page that Get-Help could not show, or that contradicts the rest of the page.</summary>
/// <param name="File">The page's path, as it was given.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Text">What is wrong there, without the place.</param>
public sealed record HelpProblem(string File, int Line, string Text)
{
    /// <summary>File, line and problem in the form that editors and CI jump to.</summary>
    public override string ToString() => $"{File}:{Line}: {Text}";
}

namespace SkillMeat.Artifacts.Judging;

/// <summary>The severity of a problem in an artifact. In JSON: <c>warning error</c>.</summary>
public enum ProblemSeverity
{
    /// <summary>It works, but not everywhere or not as well as it could.</summary>
    Warning,

    /// <summary>It violates the specification, or some programs do not load it.</summary>
    Error,
}

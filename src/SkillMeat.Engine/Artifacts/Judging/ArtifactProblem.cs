namespace SkillMeat.Artifacts.Judging;

/// <summary>A problem in the files of an artifact.</summary>
/// <param name="Path">The path of the file or folder, below the path that was judged and beginning with it, with <c>/</c>.</param>
/// <param name="ArtifactId">The artifact as <c>type:name</c>, or null if the file belongs to none.</param>
/// <param name="Line">The line, counted from 1, or null if the problem is in no line.</param>
/// <param name="Code">The stable name of the kind of problem, such as <c>name-not-folder</c>.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Message">The problem and its remedy, in one or two sentences.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactProblem(string Path, string? ArtifactId, int? Line, string Code, ProblemSeverity Severity, string Message);

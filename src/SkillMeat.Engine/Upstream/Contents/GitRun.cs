namespace SkillMeat.Upstream.Contents;

/// <summary>The result of a git command.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The result of reading its standard output.</param>
/// <param name="Errors">Its error output, on one line.</param>
/// <typeparam name="T">The type of the output.</typeparam>
internal sealed record GitRun<T>(int ExitCode, T Output, string Errors);

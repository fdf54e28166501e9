namespace SkillMeat.Upstream.Contents;

/// <summary>How a run of git ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What was made of its standard output.</param>
/// <param name="Errors">What it said on its standard error, on one line.</param>
/// <typeparam name="T">What the output holds.</typeparam>
internal sealed record GitRun<T>(int ExitCode, T Output, string Errors);

namespace SkillMeat.Upstream.Tokens;

/// <summary>The result of a child process.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
internal sealed record ProcessOutput(int ExitCode, string Output);

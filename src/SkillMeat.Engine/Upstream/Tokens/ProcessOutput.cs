namespace SkillMeat.Upstream.Tokens;

/// <summary>What a child process said.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
internal sealed record ProcessOutput(int ExitCode, string Output);

namespace SkillMeat.Upstream.Tokens;

/// <summary>Runs a program without a console and waits for it to exit. Cancelling kills it.</summary>
/// <param name="fileName">The full path of the program.</param>
/// <param name="arguments">The arguments, unquoted.</param>
/// <param name="cancellationToken">Kills the program.</param>
/// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
internal delegate Task<ProcessOutput> RunProcess(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken);

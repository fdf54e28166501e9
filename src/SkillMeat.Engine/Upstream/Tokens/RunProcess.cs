namespace SkillMeat.Upstream.Tokens;

/// <summary>Runs a program to its end without a console. Cancelling kills it.</summary>
/// <param name="fileName">The program's full path.</param>
/// <param name="arguments">Its arguments, unquoted.</param>
/// <param name="cancellationToken">Kills it.</param>
/// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
internal delegate Task<ProcessOutput> RunProcess(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken);

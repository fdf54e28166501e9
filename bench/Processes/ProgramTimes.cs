namespace SkillMeat.Bench.Processes;

/// <summary>The times of whole processes. They are started in turn, so that other load on the machine affects all of them.</summary>
internal static class ProgramTimes
{
    /// <summary>Runs each program a number of times, after one run that does not count.</summary>
    /// <param name="programs">Programs and their arguments.</param>
    /// <param name="runs">The number of runs.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    /// <param name="exitCode">The exit code that means that they worked.</param>
    /// <returns>The times of each program in milliseconds.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<double>>> InTurnAsync(IReadOnlyList<(string Program, string[] Arguments)> programs, int runs, CancellationToken cancellationToken, int exitCode = 0)
    {
        var times = programs.Select(_ => new List<double>()).ToList();
        for (var i = 0; i <= runs; i++)
        {
            for (var p = 0; p < programs.Count; p++)
            {
                var outcome = await new ProgramRunner(programs[p].Program, new Dictionary<string, string?>()).RunAsync(programs[p].Arguments, cancellationToken);
                if (outcome.ExitCode != exitCode) throw new InvalidOperationException($"'{programs[p].Program}' ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
                if (i > 0) times[p].Add(outcome.Elapsed.TotalMilliseconds);
            }
        }

        return times;
    }
}

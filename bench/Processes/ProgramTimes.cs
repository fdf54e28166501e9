namespace SkillMeat.Bench.Processes;

/// <summary>How long whole processes take, each started in turn, so that what else the machine does meets all of them.</summary>
internal static class ProgramTimes
{
    /// <summary>Runs the programs so often, and once more before that.</summary>
    /// <param name="programs">Programs and their arguments.</param>
    /// <param name="runs">How often.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>For each program its times in milliseconds.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<double>>> InTurnAsync(IReadOnlyList<(string Program, string[] Arguments)> programs, int runs, CancellationToken cancellationToken)
    {
        var times = programs.Select(_ => new List<double>()).ToList();
        for (var i = 0; i <= runs; i++)
        {
            for (var p = 0; p < programs.Count; p++)
            {
                var outcome = await new ProgramRunner(programs[p].Program, new Dictionary<string, string?>()).RunAsync(programs[p].Arguments, cancellationToken);
                if (outcome.ExitCode != 0) throw new InvalidOperationException($"'{programs[p].Program}' ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
                if (i > 0) times[p].Add(outcome.Elapsed.TotalMilliseconds);
            }
        }

        return times;
    }
}

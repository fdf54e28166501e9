using SkillMeat.Bench.Processes;

namespace SkillMeat.Bench.Growth;

/// <summary>An operation whose time and memory are compared between collections of different sizes.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="StartAsync">Brings a scene into the state in which the operation starts, and returns the command line.</param>
internal sealed record GrowthOperation(string Name, Func<GrowthScene, CancellationToken, Task<IReadOnlyList<string>>> StartAsync)
{
    /// <summary>The environment of the process: empty, or that of a loopback server.</summary>
    public Func<GrowthScene, CancellationToken, Task<IReadOnlyDictionary<string, string?>>> EnvironmentAsync { get; init; } = (_, _) => Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?>());

    /// <summary>Whether the output is that of a correct run.</summary>
    public Func<GrowthScene, ProcessOutcome, bool> IsRight { get; init; } = (_, _) => true;

    /// <summary>The limit of the peak memory with 5,000 artifacts, in MB.</summary>
    public double PeakAtMost { get; init; } = 100;

    /// <summary>The limits of the time in milliseconds, by the number of artifacts.</summary>
    public IReadOnlyDictionary<int, double> TimeAtMost { get; init; } = new Dictionary<int, double>();
}

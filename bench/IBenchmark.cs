using SkillMeat.Bench.Results;

namespace SkillMeat.Bench;

/// <summary>A benchmark.</summary>
internal interface IBenchmark
{
    /// <summary>The name that <c>--filter</c> matches.</summary>
    string Name { get; }

    /// <summary>Runs the benchmark, after a run that does not count.</summary>
    Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken);
}

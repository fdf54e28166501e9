using SkillMeat.Bench.Results;

namespace SkillMeat.Bench;

/// <summary>Something that is measured.</summary>
internal interface IBenchmark
{
    /// <summary>What <c>--filter</c> looks at.</summary>
    string Name { get; }

    /// <summary>Measures it, after a run that does not count.</summary>
    Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken);
}

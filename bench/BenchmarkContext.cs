using SkillMeat.Bench.Data;

namespace SkillMeat.Bench;

/// <summary>The surroundings of a benchmark.</summary>
/// <param name="Programs">The programs to start.</param>
/// <param name="Workspace">The folder of its data.</param>
/// <param name="Runs">The number of measurements.</param>
internal sealed record BenchmarkContext(Programs Programs, Workspace Workspace, int Runs);

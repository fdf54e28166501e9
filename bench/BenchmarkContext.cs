using SkillMeat.Bench.Data;

namespace SkillMeat.Bench;

/// <summary>What a benchmark works with.</summary>
/// <param name="Programs">What it starts.</param>
/// <param name="Workspace">Where its data is.</param>
/// <param name="Runs">How often it measures.</param>
internal sealed record BenchmarkContext(Programs Programs, Workspace Workspace, int Runs);

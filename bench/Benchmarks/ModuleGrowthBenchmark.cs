using System.Globalization;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Growth;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The time of each cmdlet with 20, 1,000 and 10,000 artifacts, in a new process of a real PowerShell.</summary>
internal sealed class ModuleGrowthBenchmark : IBenchmark
{
    public string Name => "module-growth";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        if (Programs.FindOnPath("pwsh") is not { } pwsh)
        {
            return [Measure.Skipped("growth in PowerShell", "pwsh is not on the PATH")];
        }

        var runner = new ProgramRunner(pwsh, new Dictionary<string, string?>());
        var rows = new Dictionary<string, GrowthRow>();
        var scenes = new List<GrowthScene>();
        foreach (var artifacts in GrowthRow.TimedSizes)
        {
            await Console.Error.WriteLineAsync($"  {GrowthRow.Text(artifacts)} artifacts…");
            var scene = await GrowthScene.CreateAsync(context, artifacts, cancellationToken);
            for (var i = 0; i < context.Runs; i++)
            {
                string[] arguments =
                [
                    "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Module", "Measure-Growth.ps1"), context.Programs.Module, scene.CopyHome(),
                    scene.SkillFolder(artifacts), GrowthScene.SkillName(artifacts / 2), artifacts.ToString(CultureInfo.InvariantCulture),
                ];
                var outcome = await runner.RunAsync(arguments, cancellationToken);
                if (outcome.ExitCode != 0) throw new InvalidOperationException($"pwsh ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
                foreach (var (name, milliseconds) in ScriptOutput.Read(outcome.Output))
                {
                    if (!rows.TryGetValue(name, out var row)) rows[name] = row = new GrowthRow(name);
                    row.AddTime(artifacts, milliseconds);
                }
            }

            scenes.Add(scene);
        }

        // Not between two measures, as in the growth of commands.
        scenes.ForEach(scene => scene.Delete());

        return [.. rows.Values.SelectMany(row => row.Describe())];
    }
}

using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The cost of the module in a real PowerShell: importing it beside an empty module, a session's first calls, and a check of 1,000 artifacts beyond the engine's own time.</summary>
internal sealed class ModuleBenchmark : IBenchmark
{
    private const int Artifacts = 1000;

    public string Name => "module";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        if (Programs.FindOnPath("pwsh") is not { } pwsh)
        {
            return [Measure.Skipped("the PowerShell module", "pwsh is not on the PATH")];
        }

        var data = await context.Workspace.DataAsync(Artifacts, cancellationToken);
        var server = await context.Workspace.ServerAsync(Artifacts, delayMilliseconds: 0, cancellationToken);
        var home = data.MakeHome(context.Workspace.NewHomePath(), server.Url);
        var runner = new ProgramRunner(pwsh, server.Environment(withToken: true));
        string[] arguments =
        [
            "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Module", "Measure-Module.ps1"),
            context.Programs.Module, MakeEmptyModule(context.Workspace.Folder), home,
        ];
        var said = new List<(string Name, double Milliseconds)>();
        for (var i = 0; i <= context.Runs; i++)
        {
            var outcome = await runner.RunAsync(arguments, cancellationToken);
            var lines = outcome.ExitCode == 0 ? ScriptOutput.Read(outcome.Output) : throw new InvalidOperationException($"pwsh ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
            if (i == 0) continue;
            said.AddRange(lines);
            said.Add(("session", lines.Single(line => line.Name == "whole-first").Milliseconds - lines.Where(line => line.Name == "whole-later").Min(line => line.Milliseconds)));
        }

        List<double> Of(string name) => said.Where(s => s.Name == name).Select(s => s.Milliseconds).ToList();
        return
        [
            Measure.Milliseconds("Import-Module SkillMeat, over an empty module", Of("module").Zip(Of("empty"), (m, e) => m - e)) with { AtMost = 150, Note = "the empty one is the first import" },
            Measure.Milliseconds("Import-Module SkillMeat", Of("module")),
            Measure.Milliseconds("first Get-SkmArtifact", Of("get")),
            Measure.Milliseconds("1,000 checked by cmdlet, first, over a later one", Of("session")) with { AtMost = 120, Note = "the quickest later one of the process" },
            Measure.Milliseconds("1,000 checked by cmdlet, over the engine, first", Of("first")) with { AtMost = 50, Note = "a process per run" },
            Measure.Milliseconds("1,000 checked by cmdlet, over the engine, later", Of("later")) with { AtMost = 50 },
        ];
    }

    private static string MakeEmptyModule(string folder)
    {
        var module = Directory.CreateDirectory(Path.Combine(folder, "Empty")).FullName;
        File.WriteAllText(Path.Combine(module, "Empty.psm1"), "");
        File.WriteAllText(
            Path.Combine(module, "Empty.psd1"),
            "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0.0'; FunctionsToExport = @(); CmdletsToExport = @(); VariablesToExport = @(); AliasesToExport = @() }");
        return Path.Combine(module, "Empty.psd1");
    }
}

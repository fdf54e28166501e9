using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm sync</c>.</summary>
internal static class SyncCommand
{
    public static Command Create(CommandFactory commands)
    {
        var options = new SyncOptions();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask for confirmation. Without a console, there is no confirmation either." };
        return commands.Create(
            "sync",
            "Synchronizes the copies in projects with the collection. An artifact with conflicts is changed on neither side; the exit code is then 3.",
            [.. options.Symbols, yes],
            async (run, parsed, cancellationToken) =>
            {
                var wanted = options.Read(run, parsed);
                var store = wanted.DryRun ? run.OpenHomeToRead() : run.OpenHome();
                var (request, isIncomplete) = options.AddProjects(run, parsed, store, wanted);
                var syncer = new ProjectSyncer(store, run.Environment);
                if (request.DryRun) return Report(run, syncer.Plan(request, cancellationToken).ToResult(), isIncomplete);
                var isAsked = request.Strategy == SyncStrategy.Prompt || (run.IsInteractive && !parsed.GetValue(yes));
                if (!isAsked) return Report(run, await syncer.SyncAsync(request, cancellationToken), isIncomplete);
                if (Choose(run, syncer.Plan(request, cancellationToken)) is { } chosen) return Report(run, await syncer.ApplyAsync(chosen, cancellationToken), isIncomplete);
                run.Warn("nothing was changed.");
                return ExitCode.Error;
            });
    }

    /// <summary>Confirms a plan. Returns null if the answer is no.</summary>
    private static PlannedSync? Choose(CommandRun run, PlannedSync planned)
    {
        if (planned.IsPrompt) return planned.Choose(new SyncPrompt(run).Ask(planned.Entries));
        var changes = planned.Entries.Count(entry => entry.ChangesArtifact());
        if (changes == 0) return planned;
        SyncOutput.Show(run, planned.Entries);
        return run.Confirm($"Synchronize {changes} artifact{(changes == 1 ? "" : "s")}?") ? planned : null;
    }

    private static int Report(CommandRun run, SyncResult result, bool isIncomplete)
    {
        SyncOutput.Write(run, result);
        return result.HasErrors || isIncomplete ? ExitCode.Error : result.HasConflicts ? ExitCode.Conflict : ExitCode.Success;
    }
}

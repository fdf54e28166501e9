using System.CommandLine;
using SkillMeat.Browsing;
using SkillMeat.Cache.Updates;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Server.Collections;
using SkillMeat.Updates;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm update</c>.</summary>
internal static class UpdateCommand
{
    public static Command Create(CommandFactory commands)
    {
        var options = new UpdateOptions();
        var waits = new UpstreamWaits();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask for confirmation. Without a console, there is no confirmation either." };
        return commands.Create(
            "update",
            "Updates artifacts from upstream and merges local edits. An artifact with conflicts is not changed; the exit code is then 3.",
            [.. options.Symbols, .. waits.Symbols, yes],
            async (run, parsed, cancellationToken) =>
            {
                var request = options.Read(run, parsed);
                var strategy = options.ReadStrategy(run, parsed);
                var sources = options.ReadSources(run, parsed);
                var http = waits.Read(parsed);
                var store = request.DryRun ? run.OpenHomeToRead() : run.OpenHome();
                request = request with
                {
                    Collections = CollectionNames.Resolve(store, request.Collections),
                    Strategy = strategy ?? Configured(run, ConfiguredStrategy.Of(store, run.IsInteractive)),
                };
                var unknown = 0;
                if (sources is not null) (request, unknown) = Narrow(run, store, request, sources);
                request = options.Narrow(run, parsed, store, request);
                using var session = run.OpenUpstream(store, http);
                using var cache = run.OpenCache(store);
                var states = new UpstreamStates(cache);
                var updater = new ArtifactUpdater(store, session);
                using var planned = await PlanAsync(run, updater, request, cancellationToken);
                if (request.DryRun)
                {
                    var planCode = Report(run, planned.ToResult(), unknown);
                    await states.RecordUpdateAsync(planned, session, cancellationToken);
                    return planCode;
                }

                if (Choose(run, planned, request.Strategy, parsed.GetValue(yes)) is not { } chosen)
                {
                    run.Warn("nothing was changed.");
                    return ExitCode.Error;
                }

                int exitCode;
                using (run.ShowProgress("Updating…"))
                {
                    exitCode = Report(run, await updater.ApplyAsync(chosen, cancellationToken), unknown);
                }

                await states.RecordUpdateAsync(chosen, session, cancellationToken);
                return exitCode;
            });
    }

    // Adds the artifacts of the sources to those that are named. A source from which nothing comes is reported like an unknown name.
    private static (UpdateRequest Request, int UnknownSources) Narrow(CommandRun run, CollectionStore store, UpdateRequest request, SourceFilter sources)
    {
        var collections = request.Collections.Select(store.Read).ToList();
        var unknown = sources.FindUnknown(collections);
        foreach (var error in unknown)
        {
            run.Error(error);
        }

        var ofTypes = request.Filter with { Names = [] };
        return (request with { CollectionFilters = collections.ToDictionary(one => one.Name, one => ofTypes.Among(sources.Find(one), request.Filter.Names)) }, unknown.Count);
    }

    private static UpdateStrategy Configured(CommandRun run, ConfiguredStrategy configured)
    {
        if (configured.Warning is { } warning)
        {
            run.Warn(warning);
        }

        return configured.Strategy;
    }

    private static async Task<PlannedUpdate> PlanAsync(CommandRun run, ArtifactUpdater updater, UpdateRequest request, CancellationToken cancellationToken)
    {
        using (run.ShowProgress("Contacting upstream…"))
        {
            return await updater.PlanAsync(request, listener: null, cancellationToken);
        }
    }

    /// <summary>Confirms a plan if there is a console. Returns null if the answer is no.</summary>
    private static PlannedUpdate? Choose(CommandRun run, PlannedUpdate planned, UpdateStrategy strategy, bool isAgreed)
    {
        if (strategy == UpdateStrategy.Prompt)
        {
            return planned.Choose(new UpdatePrompt(run).Ask(planned.Entries));
        }

        var changes = planned.Entries.Count(entry => entry.ChangesArtifact());
        if (isAgreed || !run.IsInteractive || changes == 0)
        {
            return planned;
        }

        UpdateOutput.Show(run, planned.Entries);
        return run.Confirm($"Update {changes} artifact{(changes == 1 ? "" : "s")}?") ? planned : null;
    }

    private static int Report(CommandRun run, UpdateResult result, int unknownSources)
    {
        foreach (var unknown in result.Unknown)
        {
            run.Error(unknown.Error);
        }

        UpdateOutput.Write(run, result);
        return result.HasErrors || unknownSources > 0 ? ExitCode.Error : result.HasConflicts ? ExitCode.Conflict : ExitCode.Success;
    }
}

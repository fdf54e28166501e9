using System.CommandLine;
using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Updates;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm stale</c>.</summary>
internal static class StaleCommand
{
    public static Command Create(CommandFactory commands)
    {
        var projects = ProjectOptions.Known();
        var type = ArtifactOptions.Type();
        var group = new GroupOption();
        var collection = new Option<string?>("--collection", "-c") { Description = "Only artifacts of this collection.", HelpName = "NAME" };
        var sort = new Option<string>("--sort") { Description = $"The order: {ChoiceOption.Describe<StaleOrder>()}. By name by default.", HelpName = "ORDER" };
        var refresh = new Option<bool>("--refresh") { Description = "Check upstream first. Otherwise the last check counts, and nobody is contacted." };
        var waits = new UpstreamWaits();
        IReadOnlyList<Symbol> symbols = [projects, type, group.Symbol, collection, sort, refresh, .. waits.Symbols];
        return commands.Create("stale", "Lists deployed artifacts that are behind the collection or upstream, and others that are behind upstream. The exit code is 2 if there are any.", symbols, async (run, parsed, cancellationToken) =>
        {
            var filter = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, type), []);
            var query = new StaleQuery
            {
                Types = [.. filter.Types.Select(one => one.Name)],
                Projects = [.. CommandRun.ChoicesOf(parsed, projects).Select(NamePattern.Simple)],
                Group = group.Read(parsed),
                Collection = parsed.GetValue(collection),
                Order = parsed.GetValue(sort) is { } order ? ChoiceOption.Parse<StaleOrder>(sort, order) : StaleOrder.Name,
            };
            var http = waits.Read(parsed);
            var store = run.OpenHomeToRead();
            using var cache = run.OpenCache(store);
            var hasFailed = false;
            if (parsed.GetValue(refresh))
            {
                using var session = run.OpenUpstream(store, http);
                using var progress = run.ShowProgress("Contacting upstream…");
                foreach (var problem in await new UpstreamCheck(cache, session).RunAsync(query.Types, progressed: null, cancellationToken))
                {
                    hasFailed = true;
                    run.Warn(problem.Message);
                }
            }

            var report = new StaleArtifacts(cache, run.Environment).Find(query, cancellationToken);
            StaleOutput.Write(run, report);
            return report.Artifacts.Count > 0 ? ExitCode.UpdatesAvailable : hasFailed || report.Problems.Count > 0 ? ExitCode.Error : ExitCode.Success;
        });
    }
}

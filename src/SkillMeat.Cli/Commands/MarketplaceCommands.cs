using System.CommandLine;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm marketplace add|list|update|remove|search</c>.</summary>
internal static class MarketplaceCommands
{
    public static Command Create(CommandFactory commands) => new("marketplace", "Marketplaces of plugins: add, list, update, remove, search.")
    {
        CreateAdd(commands), CreateList(commands), CreateUpdate(commands), CreateRemove(commands), MarketplaceSearchCommand.Create(commands),
    };

    public static Option<bool> Offline() => new("--offline") { Description = "Use what is known, and fetch nothing." };

    private static Command CreateAdd(CommandFactory commands)
    {
        var sources = new Argument<string[]>("source") { Description = "The marketplaces: owner/repo[/path][@version], the URL of a repository or of a marketplace.json, a folder, or a marketplace.json.", Arity = ArgumentArity.OneOrMore };
        var name = new Option<string?>("--name", "-n") { Description = "The name of a single marketplace; by default the one in its file, or that of the repository or folder.", HelpName = "NAME" };
        var waits = new UpstreamWaits();
        return commands.Create("add", "Registers marketplaces, and lists what they offer.", [sources, name, .. waits.Symbols], async (run, parsed, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(sources).Distinct(StringComparer.Ordinal).ToList();
            if (parsed.GetValue(name) is not null && wanted.Count > 1) throw new SkillMeatException(ErrorIds.InvalidArgument, $"--name applies to one marketplace, and {wanted.Count} were given.");
            var store = run.OpenHome();
            using var cache = run.OpenCache(store);
            using var session = run.OpenUpstream(store, waits.Read(parsed));
            var catalog = new MarketplaceCatalog(cache, session);
            var results = new List<MarketplaceResult>();
            foreach (var source in wanted)
            {
                // One that cannot be fetched does not keep the others from being registered.
                try
                {
                    using var progress = run.ShowProgress("Listing…");
                    results.Add(await catalog.RegisterAsync(new MarketplaceRegistration { Source = source, Name = parsed.GetValue(name), BaseFolder = CommandRun.CurrentFolder, LockTimeout = run.LockTimeout }, cancellationToken));
                }
                catch (SkillMeatException e) when (wanted.Count > 1 || run.IsJson)
                {
                    var shown = MarketplaceCatalog.Show(source);
                    results.Add(new MarketplaceResult { Name = parsed.GetValue(name) ?? shown, Source = shown, Status = MarketplaceStatus.Error, Reason = e.Message, ErrorId = e.ErrorId });
                }
            }

            return Write(run, results);
        });
    }

    private static Command CreateList(CommandFactory commands)
    {
        var names = Names();
        var offline = Offline();
        var waits = new UpstreamWaits();
        return commands.Create("list", "Lists the registered marketplaces. Lists that are older than a day are fetched again.", [names, offline, .. waits.Symbols], async (run, parsed, cancellationToken) =>
        {
            var store = run.OpenHomeToRead();
            using var cache = run.OpenCache(store);
            using var session = run.OpenUpstream(store, waits.Read(parsed));
            using var progress = run.ShowProgress("Listing…");
            var found = await new MarketplaceCatalog(cache, session).ListAsync(Patterns(parsed, names), parsed.GetValue(offline), cancellationToken);
            progress.Dispose();
            MarketplaceOutput.Write(run, found);
            return ExitCode.Success;
        });
    }

    private static Command CreateUpdate(CommandFactory commands)
    {
        var names = Names();
        var waits = new UpstreamWaits();
        return commands.Create("update", "Fetches the lists of marketplaces.", [names, .. waits.Symbols], async (run, parsed, cancellationToken) =>
        {
            var store = run.OpenHomeToRead();
            using var cache = run.OpenCache(store);
            using var session = run.OpenUpstream(store, waits.Read(parsed));
            IReadOnlyList<MarketplaceResult> results;
            using (run.ShowProgress("Listing…")) results = await new MarketplaceCatalog(cache, session).UpdateAsync(Patterns(parsed, names), cancellationToken);
            if (results.Count == 0 && !run.IsJson) run.Say("There are no marketplaces. 'skm marketplace add' registers one.");
            return Write(run, results);
        });
    }

    private static Command CreateRemove(CommandFactory commands)
    {
        var names = new Argument<string[]>("marketplace") { Description = "The names of marketplaces, or patterns with * and ?.", Arity = ArgumentArity.OneOrMore };
        return commands.Create("remove", "Forgets marketplaces. Artifacts that came from them stay.", [names], async (run, parsed, cancellationToken) =>
            Write(run, await new MarketplaceRegistry(run.OpenHome()).UnregisterAsync(Patterns(parsed, names), run.LockTimeout, cancellationToken)));
    }

    private static int Write(CommandRun run, IReadOnlyList<MarketplaceResult> results)
    {
        MarketplaceOutput.Write(run, results);
        foreach (var failed in results.Where(one => one.Status == MarketplaceStatus.Error)) run.Error(new SkillMeatException(failed.ErrorId!, $"{failed.Name}: {failed.Reason}"));
        return results.Any(one => one.Status == MarketplaceStatus.Error) ? ExitCode.Error : ExitCode.Success;
    }

    private static Argument<string[]> Names() => new("marketplace") { Description = "The names of marketplaces, or patterns with * and ?. All by default.", Arity = ArgumentArity.ZeroOrMore };

    private static IReadOnlyList<NamePattern> Patterns(ParseResult parsed, Argument<string[]> names) =>
        [.. (parsed.GetValue(names) ?? []).Select(name => name.Length > 0 ? NamePattern.Simple(name) : throw new SkillMeatException(ErrorIds.InvalidArgument, "The name of a marketplace is empty."))];
}

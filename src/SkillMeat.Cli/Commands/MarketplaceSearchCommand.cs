using System.CommandLine;
using SkillMeat.Browsing;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm marketplace search</c>.</summary>
internal static class MarketplaceSearchCommand
{
    public static Command Create(CommandFactory commands)
    {
        var words = new Argument<string[]>("word") { Description = "The words to find in names, descriptions, plugins, tags and categories. All must be there. Without one, everything is listed.", Arity = ArgumentArity.ZeroOrMore };
        var type = ArtifactOptions.Type();
        var marketplace = Several("--marketplace", "Only this marketplace, or a pattern with * and ?. May be repeated.", "NAME");
        var plugin = Several("--plugin", "Only this plugin, or a pattern with * and ?. May be repeated.", "NAME");
        var state = Several("--state", "Only artifacts in this state compared with the collection: new, present or behind. May be repeated.", "STATE");
        var collection = ArtifactOptions.Collection();
        var plugins = new Option<bool>("--plugins") { Description = "List plugins without artifacts, too, and why they cannot be listed." };
        var limit = new Option<int?>("--limit") { Description = "Number of artifacts to list at most.", HelpName = "N" };
        var offline = MarketplaceCommands.Offline();
        var waits = new UpstreamWaits();
        return commands.Create("search", "Searches what the registered marketplaces offer.", [words, type, marketplace, plugin, state, collection, plugins, limit, offline, .. waits.Symbols], async (run, parsed, cancellationToken) =>
        {
            var most = parsed.GetValue(limit) ?? int.MaxValue;
            if (most < 0) throw new SkillMeatException(ErrorIds.InvalidArgument, $"{limit.Name} must be 0 or more.");
            var store = run.OpenHomeToRead();
            using var cache = run.OpenCache(store);
            using var session = run.OpenUpstream(store, waits.Read(parsed));
            var catalog = new MarketplaceCatalog(cache, session);
            var request = new MarketplaceSearch
            {
                Text = string.Join(' ', parsed.GetValue(words) ?? []),
                Types = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, type), []).Types,
                Marketplaces = [.. CommandRun.ChoicesOf(parsed, marketplace).Select(NamePattern.Simple)],
                Plugins = [.. CommandRun.ChoicesOf(parsed, plugin).Select(NamePattern.Simple)],
                States = [.. CommandRun.ChoicesOf(parsed, state).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(StateOf)],
                Collection = parsed.GetValue(collection),
                BaseFolder = CommandRun.CurrentFolder,
                IncludePlugins = parsed.GetValue(plugins),
                IsOffline = parsed.GetValue(offline),
            };
            IReadOnlyList<MarketplaceArtifact> found;
            using (run.ShowProgress("Listing…")) found = await catalog.SearchAsync(request, cancellationToken);
            foreach (var warning in (await catalog.ListAsync(request.Marketplaces, isOffline: true, cancellationToken)).Select(one => MarketplaceOutput.WarningOf(one)).OfType<string>()) run.Warn(warning);
            MarketplaceOutput.Write(run, [.. found.Take(most)], found.Count);
            return ExitCode.Success;
        });
    }

    private static UpstreamArtifactState StateOf(string text) => Enum.TryParse<UpstreamArtifactState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) && !char.IsAsciiDigit(text[0])
        ? state
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not a state: new, present or behind.");

    private static Option<string[]> Several(string name, string description, string value) => new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = false };
}

using System.CommandLine;
using SkillMeat.Cache.Search;
using SkillMeat.Cli.Output;
using SkillMeat.Server.Collections;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm search</c>.</summary>
internal static class SearchCommand
{
    /// <summary>The name of the argument, in which a hyphen at the beginning is no misspelled option.</summary>
    public const string TextName = "text";

    private static readonly string[] _orders = ["relevance", "name", "date"];

    public static Command Create(CommandFactory commands)
    {
        var text = new Argument<string[]>(TextName)
        {
            Description = "What to find: words, \"phrases\", and fields such as type:skill, tag:pdf, author:ada, source:owner/repo, name:pdf, collection:work, project:app or stale:yes. Without a text, everything.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var type = ArtifactOptions.Type();
        var tag = new Option<string[]>("--tag") { Description = "Only artifacts that have this tag. May be repeated.", HelpName = "TAG", AllowMultipleArgumentsPerToken = false };
        var collection = new Option<string[]>("--collection", "-c") { Description = "The collection, or a pattern with * and ?; all by default. May be repeated.", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };
        var project = new Option<string?>("--project", "-p") { Description = "Only artifacts that are deployed into this project: its folder, or the name of a registered one.", HelpName = "DIR" };
        var sort = new Option<string>("--sort") { Description = "The order: relevance, name or date.", HelpName = "relevance|name|date", DefaultValueFactory = _ => _orders[0] };
        var group = new GroupOption("Only members of this group of the collection; of the active one by default.");
        sort.AcceptOnlyFromAmong(_orders);
        var limit = new Option<int>("--limit") { Description = "Number of artifacts to list at most.", HelpName = "N", DefaultValueFactory = _ => ArtifactSearchRequest.DefaultLimit };
        var offset = new Option<int>("--offset") { Description = "Number of artifacts to skip.", HelpName = "N" };
        IReadOnlyList<Symbol> symbols = [text, type, tag, group.Symbol, collection, project, sort, limit, offset];
        return commands.Create("search", "Searches the artifacts of all collections, by their words and the texts of their files.", symbols, (run, parsed, cancellationToken) =>
        {
            var store = run.OpenHomeToRead();
            var named = CommandRun.ChoicesOf(parsed, collection);
            var request = new ArtifactSearchRequest
            {
                Text = string.Join(' ', parsed.GetValue(text) ?? []),
                Types = CommandRun.FilterOf(parsed, type).Types,
                Tags = CommandRun.ChoicesOf(parsed, tag),
                Collections = named.Length == 0 ? [] : CollectionNames.Resolve(store, named),
                Group = group.Read(parsed),
                Project = parsed.GetValue(project),
                Order = (SearchOrder)Array.IndexOf(_orders, parsed.GetValue(sort)),
                Limit = parsed.GetValue(limit),
                Offset = parsed.GetValue(offset),
            };
            using var cache = run.OpenCache(store);
            SearchOutput.Write(run, new ArtifactSearch(cache, run.Environment).Search(request, cancellationToken), request.Offset);
            return Task.FromResult(ExitCode.Success);
        });
    }
}

using System.CommandLine;
using SkillMeat.Browsing;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm browse</c>.</summary>
internal static class BrowseCommand
{
    public static Command Create(CommandFactory commands)
    {
        var specs = new Argument<string[]>("spec") { Description = "Repositories or folders: owner/repo[/path][@version], a URL, or a folder.", Arity = ArgumentArity.OneOrMore };
        var type = ArtifactOptions.Type();
        var collection = ArtifactOptions.Collection();
        var waits = new UpstreamWaits();
        return commands.Create("browse", "Lists the artifacts in a repository or folder.", [specs, type, collection, .. waits.Symbols], async (run, parsed, cancellationToken) =>
        {
            var store = run.OpenHomeIfThere();
            using var session = run.OpenUpstream(store, waits.Read(parsed));
            var browser = new ArtifactBrowser(store, session);
            var request = new BrowseRequest
            {
                Sources = [.. parsed.GetRequiredValue(specs).Distinct(StringComparer.Ordinal)],
                Types = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, type), []).Types,
                Collection = parsed.GetValue(collection),
                BaseFolder = CommandRun.CurrentFolder,
            };
            IReadOnlyList<BrowsedSource> browsed;
            using (run.ShowProgress("Listing…"))
            {
                browsed = await browser.BrowseEachAsync(request, cancellationToken);
            }

            if (browsed is [{ Problem: { } only }]) throw only;
            // One that cannot be listed does not hide the others.
            var problems = browsed.Select(source => source.Problem).OfType<SkillMeatException>().ToList();
            foreach (var problem in problems) run.Error(problem);
            BrowseOutput.Write(run, [.. browsed.SelectMany(source => source.Artifacts).Distinct()]);
            return problems.Count > 0 ? ExitCode.Error : ExitCode.Success;
        });
    }
}

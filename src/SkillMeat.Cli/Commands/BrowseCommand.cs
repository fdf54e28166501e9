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
            var sources = parsed.GetRequiredValue(specs).Distinct(StringComparer.Ordinal).ToList();
            var found = new List<UpstreamArtifact>();
            var hasFailed = false;
            using (run.ShowProgress("Listing…"))
            {
                foreach (var source in sources)
                {
                    var request = new BrowseRequest
                    {
                        Sources = [source],
                        Types = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, type), []).Types,
                        Collection = parsed.GetValue(collection),
                        BaseFolder = CommandRun.CurrentFolder,
                    };
                    try
                    {
                        found.AddRange(await browser.BrowseAsync(request, cancellationToken));
                    }
                    catch (SkillMeatException e) when (sources.Count > 1)
                    {
                        // One that cannot be listed does not hide the others.
                        hasFailed = true;
                        run.Error(e);
                    }
                }
            }

            BrowseOutput.Write(run, found);
            return hasFailed ? ExitCode.Error : ExitCode.Success;
        });
    }
}

using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Comparing;
using SkillMeat.Upstream;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm diff</c>.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandFactory commands)
    {
        var artifact = new Argument<string>("artifact") { Description = "The artifact: its name or type:name." };
        var type = new Option<string?>("--type", "-t") { Description = "The type of the artifact.", HelpName = "TYPE" };
        var collection = ArtifactOptions.Collection();
        var project = new Option<string?>("--project", "-p") { Description = "The folder of a project, or the name of a registered one.", HelpName = "DIR" };
        var user = ProjectOptions.User();
        var profile = new Option<string?>("--profile") { Description = "The agent, by id or alias.", HelpName = "ID" };
        var between = new Option<string?>("--between")
        {
            Description = "The old and the new side. Default: collection,project with a project, else base,collection. The base is the content as it was deployed or fetched.",
            HelpName = "collection|project|upstream|base|snapshot:ID,…",
        };
        var tool = new Option<bool>("--tool") { Description = "Open the two sides in $SKILLMEAT_DIFFTOOL, else in the difftool that git is configured with." };
        var waits = new UpstreamWaits();
        return commands.Create(
            "diff",
            "Compares an artifact in the collection, in a project, upstream, or in a snapshot.",
            [artifact, type, collection, project, user, profile, between, tool, .. waits.Symbols],
            async (run, parsed, cancellationToken) =>
            {
                var hasProject = parsed.GetValue(project) is not null || parsed.GetValue(user);
                var (from, to) = Parse(parsed.GetValue(between) ?? (hasProject ? "collection,project" : "base,collection"));
                var request = new CompareRequest
                {
                    Artifact = parsed.GetValue(artifact)!,
                    Type = parsed.GetValue(type),
                    Collection = parsed.GetValue(collection),
                    Project = parsed.GetValue(project),
                    IsUser = parsed.GetValue(user),
                    Profile = parsed.GetValue(profile),
                    From = from,
                    To = to,
                };
                var store = run.OpenHomeToRead();
                var comparer = new ArtifactComparer(store, run.Environment);
                using var session = from == CompareSide.Upstream || to == CompareSide.Upstream ? run.OpenUpstream(store, waits.Read(parsed)) : null;
                if (parsed.GetValue(tool))
                {
                    await comparer.OpenToolAsync(request, session, cancellationToken);
                    return ExitCode.Success;
                }

                DiffOutput.Write(run, await CompareAsync(run, comparer, request, session, cancellationToken));
                return ExitCode.Success;
            });
    }

    private static async Task<ArtifactComparison> CompareAsync(CommandRun run, ArtifactComparer comparer, CompareRequest request, UpstreamSession? session, CancellationToken cancellationToken)
    {
        if (session is null) return await comparer.CompareAsync(request, session, cancellationToken);
        using (run.ShowProgress("Contacting upstream…"))
        {
            return await comparer.CompareAsync(request, session, cancellationToken);
        }
    }

    private static (CompareSide From, CompareSide To) Parse(string between) => between.Split(',') is [var from, var to]
        ? (CompareSide.Parse(from), CompareSide.Parse(to))
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"--between takes two sides with a comma, such as collection,project, and not '{VisibleText.Line(between)}'.");
}

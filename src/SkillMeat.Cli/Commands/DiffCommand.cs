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
        var artifact = new Argument<string?>("artifact") { Description = "The artifact: its name or type:name.", Arity = ArgumentArity.ZeroOrOne };
        var type = new Option<string?>("--type", "-t") { Description = "The type of the artifact.", HelpName = "TYPE" };
        var group = new GroupOption("Compare every member of this group of the collection. In JSON, the result is an array then.");
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
            [artifact, type, group.Symbol, collection, project, user, profile, between, tool, .. waits.Symbols],
            async (run, parsed, cancellationToken) =>
            {
                var (name, members) = (parsed.GetValue(artifact), group.Read(parsed));
                if (name is null == members is null) throw new SkillMeatException(ErrorIds.InvalidArgument, name is null ? "Give the NAME of the artifact to compare, or --group." : "Give the NAME of an artifact or --group, not both.");
                var hasProject = parsed.GetValue(project) is not null || parsed.GetValue(user);
                var (from, to) = Parse(parsed.GetValue(between) ?? (hasProject ? "collection,project" : "base,collection"));
                var request = new CompareRequest
                {
                    Artifact = name ?? "",
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
                var opensTool = parsed.GetValue(tool);
                if (members is null)
                {
                    if (await CompareOneAsync(request) is { } only) DiffOutput.Write(run, only);
                    return ExitCode.Success;
                }

                var compared = new List<ArtifactComparison>();
                var exitCode = ExitCode.Success;
                if (!hasProject) GroupOption.WarnOfMissing(run, store.Read(request.Collection), members);
                foreach (var one in comparer.ForGroup(members, request))
                {
                    try
                    {
                        if (await CompareOneAsync(one) is { } found) compared.Add(found);
                    }
                    catch (SkillMeatException e)
                    {
                        // The other members can be compared.
                        run.Error(e);
                        exitCode = ExitCode.Error;
                    }
                }

                if (!opensTool) DiffOutput.Write(run, compared);
                return exitCode;

                async Task<ArtifactComparison?> CompareOneAsync(CompareRequest one)
                {
                    if (!opensTool) return await CompareAsync(run, comparer, one, session, cancellationToken);
                    await comparer.OpenToolAsync(one, session, cancellationToken);
                    return null;
                }
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

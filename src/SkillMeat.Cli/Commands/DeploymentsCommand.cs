using System.CommandLine;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm deployments</c>.</summary>
internal static class DeploymentsCommand
{
    public static Command Create(CommandFactory commands)
    {
        var search = new Argument<string?>("TEXT") { Description = "Only deployments whose name, project, collection or version contains this text.", Arity = ArgumentArity.ZeroOrOne };
        var projects = ProjectOptions.Known();
        var type = ArtifactOptions.Type();
        var name = ArtifactOptions.Name();
        var (group, collection) = (new GroupOption(), ProjectOptions.Collection());
        var state = new Option<string[]>("--state", "-s")
        {
            Description = $"Only this state: {ChoiceOption.Describe<DeploymentState>()}. May be repeated, or hold several separated by commas. Artifacts without a record are listed only with 'added'.",
            HelpName = "STATE",
            AllowMultipleArgumentsPerToken = false,
        };
        var profiles = ProjectOptions.Profiles("All by default.");
        IReadOnlyList<Symbol> symbols = [search, projects, type, name, group.Symbol, collection, state, profiles];
        return commands.Create("deployments", "Lists everything that is deployed, in all projects and in the user's own folders, with its state.", symbols, (run, parsed, cancellationToken) =>
        {
            var filter = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, type), CommandRun.ChoicesOf(parsed, name));
            var query = new DeploymentQuery
            {
                Projects = [.. CommandRun.ChoicesOf(parsed, projects).Select(NamePattern.Simple)],
                Types = [.. filter.Types.Select(one => one.Name)],
                Names = filter.Names,
                Group = group.Read(parsed),
                Collection = parsed.GetValue(collection),
                States = [.. CommandRun.ChoicesOf(parsed, state).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(value => ChoiceOption.Parse<DeploymentState>(state, value))],
                Profiles = parsed.GetValue(profiles) ?? [],
                Search = parsed.GetValue(search) is not { } text ? null
                    : string.IsNullOrWhiteSpace(text) ? throw new SkillMeatException(ErrorIds.InvalidArgument, "The text to search for is empty. Leave it out to list all.") : text.Trim(),
            };
            var store = run.OpenHomeToRead();
            using var cache = run.OpenCache(store);
            var report = new DeploymentOverview(cache, run.Environment).Find(query, cancellationToken);
            DeploymentsOutput.Write(run, report);
            return Task.FromResult(report.Problems.Count > 0 ? ExitCode.Error : ExitCode.Success);
        });
    }
}

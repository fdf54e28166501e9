using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Projects.Adoption;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm adopt</c>.</summary>
internal static class AdoptCommand
{
    public static Command Create(CommandFactory commands)
    {
        var names = new Argument<string[]>("name") { Description = "The artifacts: names, type:name, or patterns with * and ?. All by default.", Arity = ArgumentArity.ZeroOrMore };
        var type = ArtifactOptions.Type();
        var collection = ArtifactOptions.Collection();
        var projects = ProjectOptions.Projects();
        var user = ProjectOptions.User();
        var profiles = ProjectOptions.Profiles("All by default.");
        var skipPlugins = new Option<bool>("--skip-plugins") { Description = "Leave out what belongs to plugins of Claude Code." };
        var online = new Option<bool>("--online") { Description = "Ask upstream, to find the commit of files that are there as they were fetched." };
        var waits = new UpstreamWaits();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the outcome without changing anything." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask for confirmation. Without a console, there is no confirmation either." };
        return commands.Create(
            "adopt",
            "Takes artifacts that lie in projects, without a record or with that of another home, into a collection, with their origin, and makes them deployments. Their files stay as they are.",
            [names, type, collection, projects, user, profiles, skipPlugins, online, dryRun, yes, .. waits.Symbols],
            async (run, parsed, cancellationToken) =>
            {
                var filter = ArtifactFilter.Parse(CommandRun.ChoicesOf(parsed, type), parsed.GetValue(names) ?? []);
                var request = new AdoptRequest
                {
                    Projects = parsed.GetValue(projects) ?? [],
                    IncludeUser = parsed.GetValue(user),
                    Types = [.. filter.Types.Select(one => one.Name)],
                    Names = filter.Names,
                    Profiles = parsed.GetValue(profiles) ?? [],
                    Collection = parsed.GetValue(collection),
                    SkipPlugins = parsed.GetValue(skipPlugins),
                    DryRun = parsed.GetValue(dryRun),
                    LockTimeout = run.LockTimeout,
                };
                var store = request.DryRun ? run.OpenHomeToRead() : run.OpenHome();
                using var session = parsed.GetValue(online) ? run.OpenUpstream(store, waits.Read(parsed)) : null;
                var adopter = new ArtifactAdopter(store, run.Environment, session);
                if (!request.DryRun && run.IsInteractive && !parsed.GetValue(yes))
                {
                    var planned = await adopter.AdoptAsync(request with { DryRun = true }, cancellationToken);
                    if (!Confirm(run, planned))
                    {
                        run.Warn("nothing was changed.");
                        return ExitCode.Error;
                    }

                    request = request with { Planned = planned.Artifacts };
                }

                var result = await adopter.AdoptAsync(request, cancellationToken);
                AdoptOutput.Write(run, result);
                return result.HasErrors ? ExitCode.Error : result.HasConflicts ? ExitCode.Conflict : ExitCode.Success;
            });
    }

    private static bool Confirm(CommandRun run, AdoptResult planned)
    {
        var changes = planned.Artifacts.Count(one => one.IsChange);
        if (changes == 0) return true;
        AdoptOutput.Show(run, planned);
        return run.Confirm($"Adopt {changes} artifact{(changes == 1 ? "" : "s")}?");
    }
}

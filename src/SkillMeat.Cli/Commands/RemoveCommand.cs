using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Removals;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm remove</c>.</summary>
internal static class RemoveCommand
{
    public static Command Create(CommandFactory commands)
    {
        var names = new Argument<string[]>("name") { Description = "The artifacts to remove: names, type:name if several types share a name, or patterns with * and ?. If one cannot be removed, none is.", Arity = ArgumentArity.ZeroOrMore };
        var type = new Option<string?>("--type", "-t") { Description = "The type of the artifacts.", HelpName = "TYPE" };
        var collection = ArtifactOptions.Collection();
        var group = new GroupOption();
        var keepFiles = new Option<bool>("--keep-files") { Description = "Keep the files of the artifacts; remove only their entries." };
        var skipSnapshot = UpdateOptions.SkipSnapshot();
        var dryRun = new Option<bool>("--dry-run") { Description = "List the artifacts without removing them." };
        var yes = new YesOption();
        return commands.Create(
            "remove",
            "Removes artifacts from a collection. Takes a snapshot first, from which they can be restored.",
            [names, type, group.Symbol, collection, keepFiles, skipSnapshot, dryRun, yes.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var wanted = parsed.GetValue(names) is { Length: > 0 } given ? given : group.Read(parsed) is not null ? ["*"] : throw new SkillMeatException(ErrorIds.InvalidArgument, "Give the NAME of each artifact to remove, or --group.");
                var store = parsed.GetValue(dryRun) ? run.OpenHomeToRead() : run.OpenHome();
                var read = store.Read(parsed.GetValue(collection));
                var typed = parsed.GetValue(type) is { } named ? ArtifactType.Parse(named) : null;
                var filter = group.Narrow(run, parsed, read, ArtifactFilter.Everything);
                var request = new RemoveRequest
                {
                    // Only the artifacts that the prompt lists are removed.
                    Artifacts = [.. wanted.SelectMany(name => read.FindAll(name, typed)).Where(filter.Matches).Select(artifact => artifact.ArtifactId).Distinct()],
                    Collection = read.Name,
                    KeepFiles = parsed.GetValue(keepFiles),
                    SkipSnapshot = parsed.GetValue(skipSnapshot),
                    LockTimeout = run.LockTimeout,
                };
                var remover = new ArtifactRemover(store);
                // A missing artifact is reported before the prompt.
                var found = await remover.RemoveAsync(request with { DryRun = true }, cancellationToken);
                if (found.Count == 0 || parsed.GetValue(dryRun))
                {
                    RemoveOutput.Write(run, found);
                    return ExitCode.Success;
                }

                if (!yes.Agrees(run, parsed, "A removal", RemoveOutput.Question(found)))
                {
                    return ExitCode.Error;
                }

                RemoveOutput.Write(run, await remover.RemoveAsync(request, cancellationToken));
                return ExitCode.Success;
            });
    }
}

using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm move</c> and <c>skm copy</c>.</summary>
internal static class TransferCommand
{
    public static Command CreateMove(CommandFactory commands) =>
        Create(commands, "move", "Moves artifacts to another collection. Deployments in known projects follow.", (transfer, request, cancellationToken) => transfer.MoveAsync(request, cancellationToken));

    public static Command CreateCopy(CommandFactory commands) =>
        Create(commands, "copy", "Copies artifacts to another collection.", (transfer, request, cancellationToken) => transfer.CopyAsync(request, cancellationToken));

    private static Command Create(
        CommandFactory commands, string verb, string description, Func<ArtifactTransfer, TransferRequest, CancellationToken, Task<IReadOnlyList<TransferredArtifact>>> transfer)
    {
        var names = new Argument<string[]>("artifact") { Description = "The artifacts: names, type:name if several types share a name, or patterns with * and ?. If one cannot go there, none does.", Arity = ArgumentArity.ZeroOrMore };
        var to = new Option<string>("--to") { Description = "The collection to which they go.", HelpName = "NAME", Required = true };
        var newName = new Option<string?>("--as") { Description = "The name of a single artifact there.", HelpName = "NAME" };
        var type = new Option<string?>("--type", "-t") { Description = "The type of the artifacts.", HelpName = "TYPE" };
        var group = new GroupOption();
        var collection = ArtifactOptions.Collection();
        var skipSnapshot = UpdateOptions.SkipSnapshot();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the result without changing anything." };
        return commands.Create(verb, description, [names, to, newName, type, group.Symbol, collection, skipSnapshot, dryRun], async (run, parsed, cancellationToken) =>
        {
            var isGroup = group.Read(parsed) is not null;
            var wanted = parsed.GetValue(names) is { Length: > 0 } given ? given
                : isGroup ? ["*"] : throw new SkillMeatException(ErrorIds.InvalidArgument, $"Give the NAME of each artifact to {verb}, or --group.");
            var store = parsed.GetValue(dryRun) ? run.OpenHomeToRead() : run.OpenHome();
            var request = new TransferRequest
            {
                Artifacts = isGroup ? MembersAmong() : wanted,
                Destination = parsed.GetRequiredValue(to),
                NewName = parsed.GetValue(newName),
                Type = parsed.GetValue(type),
                Collection = parsed.GetValue(collection),
                SkipSnapshot = parsed.GetValue(skipSnapshot),
                DryRun = parsed.GetValue(dryRun),
                LockTimeout = run.LockTimeout,
            };
            TransferOutput.Write(run, await transfer(new ArtifactTransfer(store, run.Environment), request, cancellationToken));
            return ExitCode.Success;

            IReadOnlyList<string> MembersAmong()
            {
                var read = store.Read(parsed.GetValue(collection));
                var filter = group.Narrow(run, parsed, read, ArtifactFilter.Everything);
                var typed = parsed.GetValue(type) is { } named ? ArtifactType.Parse(named) : null;
                IReadOnlyList<string> found = [.. wanted.SelectMany(name => read.FindAll(name, typed)).Where(filter.Matches).Select(artifact => artifact.ArtifactId).Distinct()];
                return found.Count > 0 ? found : throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"No artifact of group '{group.Read(parsed)}' in collection '{read.Name}' matches.");
            }
        });
    }
}

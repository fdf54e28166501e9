using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm edit</c>.</summary>
internal static class EditCommand
{
    public static Command Create(CommandFactory commands)
    {
        var artifacts = new Argument<string[]>("artifact") { Description = "The artifacts to edit: names, type:name if several types share a name, or patterns with * and ?.", Arity = ArgumentArity.ZeroOrMore };
        var type = new Option<string?>("--type", "-t") { Description = "The type of the artifacts.", HelpName = "TYPE" };
        var (group, collection, dryRun) = (new GroupOption(), ArtifactOptions.Collection(), EntryCommands.DryRun());
        var values = new DetailOptions();
        return commands.Create(
            "edit",
            "Edits the details of artifacts in a collection: title, description, author, licence, category, tags. Their files stay as they are. A refresh keeps what was edited.",
            [artifacts, .. values.Symbols, type, group.Symbol, collection, dryRun],
            async (run, parsed, cancellationToken) =>
            {
                var wanted = parsed.GetValue(artifacts) is { Length: > 0 } given ? given
                    : group.Read(parsed) is not null ? ["*"] : throw new SkillMeatException(ErrorIds.InvalidArgument, "Give the NAME of each artifact to edit, or --group.");
                var edit = values.Read(parsed);
                var isDry = parsed.GetValue(dryRun);
                var store = isDry ? run.OpenHomeToRead() : run.OpenHome();
                var read = store.Read(parsed.GetValue(collection));
                var typed = parsed.GetValue(type) is { } named ? ArtifactType.Parse(named) : null;
                var filter = group.Narrow(run, parsed, read, ArtifactFilter.Everything);
                var ids = wanted.SelectMany(name => read.FindAll(name, typed)).Where(filter.Matches).Select(artifact => artifact.ArtifactId).Distinct().ToList();
                var request = new EditRequest { Details = [.. ids.Select(id => edit with { Artifact = id })], Collection = read.Name, DryRun = isDry, LockTimeout = run.LockTimeout };
                EditOutput.Write(run, await new ManifestEditor(store).EditAsync(request, cancellationToken), ids);
                return ExitCode.Success;
            });
    }
}

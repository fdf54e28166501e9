using System.CommandLine;
using SkillMeat.Additions;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm add</c>.</summary>
internal static class AddCommand
{
    private const string AnyType = "auto";

    public static Command Create(CommandFactory commands)
    {
        var type = new Argument<string>("type") { Description = "The type of the artifacts: skill, command, agent, hook, mcp, workflow, composite, or auto to detect it." };
        var specs = new Argument<string[]>("spec")
        {
            Description = "The sources: owner/repo/path[@version], a URL, or a folder or file. If one cannot be added, none is.",
            Arity = ArgumentArity.OneOrMore,
        };
        var name = new Option<string?>("--name", "-n") { Description = "The name in the collection, for a single artifact; the last part of its path by default.", HelpName = "NAME" };
        var collection = ArtifactOptions.Collection();
        var waits = new UpstreamWaits();
        return commands.Create("add", "Adds artifacts to a collection.", [type, specs, name, collection, .. waits.Symbols], async (run, parsed, cancellationToken) =>
        {
            var typed = parsed.GetRequiredValue(type);
            var wanted = typed.Equals(AnyType, StringComparison.OrdinalIgnoreCase) ? null : ArtifactType.Parse(typed).Name;
            var named = parsed.GetValue(name);
            var sources = parsed.GetRequiredValue(specs);
            if (named is not null && sources.Length > 1)
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"--name applies to one artifact, and {sources.Length} were given.");
            }

            var store = run.OpenHome();
            using var session = run.OpenUpstream(store, waits.Read(parsed));
            var request = new AddRequest
            {
                Artifacts = [.. sources.Select(spec => new ArtifactAddition(spec) { Type = wanted, Name = named })],
                Collection = parsed.GetValue(collection),
                BaseFolder = CommandRun.CurrentFolder,
                LockTimeout = run.LockTimeout,
            };
            IReadOnlyList<AddEntry> entries;
            using (run.ShowProgress("Fetching…"))
            {
                entries = await new ArtifactAdder(store, session).AddAsync(request, cancellationToken);
            }

            AddOutput.Write(run, entries);
            return entries.Any(entry => entry.Status == AddStatus.Error) ? ExitCode.Error : ExitCode.Success;
        });
    }
}

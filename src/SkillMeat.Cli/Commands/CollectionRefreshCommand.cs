using System.CommandLine;
using SkillMeat.Cache.Updates;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Server.Collections;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection refresh</c>: refreshes artifacts, shows a dry run, or checks for updates.</summary>
internal static class CollectionRefreshCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collections("an error in one does not keep the others from being refreshed");
        var type = ArtifactOptions.Type();
        var name = ArtifactOptions.Name();
        var group = new GroupOption();
        var checkOnly = new Option<bool>("--check-only", "--check") { Description = "Check for updates without changing anything. The exit code is 2 if there are any." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the changes without making them." };
        var fields = new Option<string[]>("--fields", "-f")
        {
            Description = "Refresh only these fields, separated by commas; an empty value means all. '--fields help' lists them.",
            HelpName = "FIELD,…",
            AllowMultipleArgumentsPerToken = false,
        };
        var metadata = MetadataOption.Create();
        var projects = new CheckedProjects();
        var waits = new UpstreamWaits();

        return commands.Create(
            "refresh",
            "Refreshes the metadata of artifacts (description, tags, …) from upstream, or checks for updates.",
            [collection, type, name, group.Symbol, checkOnly, dryRun, fields, .. projects.Symbols, metadata, .. waits.Symbols],
            async (run, parsed, cancellationToken) =>
            {
                var named = (parsed.GetValue(fields) ?? []).Where(value => !value.AsSpan().Trim(" \t,").IsEmpty).ToArray();
                if (named is ["help"])
                {
                    FieldOutput.Write(run);
                    return ExitCode.Success;
                }

                var collections = CommandRun.ChoicesOf(parsed, collection);
                var http = waits.Read(parsed);
                var isCheck = parsed.GetValue(checkOnly);
                var request = new RefreshRequest
                {
                    Filter = CommandRun.FilterOf(parsed, type, name),
                    Fields = RefreshField.Parse(named),
                    NameChangedFields = named.Length > 0,
                    DryRun = parsed.GetValue(dryRun),
                    LockTimeout = run.LockTimeout,
                };
                projects.Check(parsed, isCheck);
                var store = request.DryRun || isCheck ? run.OpenHomeToRead() : run.OpenHome();
                using var session = run.OpenUpstream(store, http);
                using var cache = run.OpenCache(store);
                var batch = new RefreshBatch(run, new CollectionRefresher(store, session), request, CollectionNames.Resolve(store, collections))
                {
                    // The shape of JSON must not depend on the number of matches.
                    ShowsMetadata = parsed.GetValue(metadata),
                    States = new UpstreamStates(cache),
                    Session = session,
                    Narrow = group.Read(parsed) is null ? null : (one, filter) => group.Narrow(run, parsed, store.Read(one), filter),
                    CheckProjectsAsync = projects.Read(run, parsed, store, session),
                    IsList = collections.Length > 1 || collections.Any(one => !NamePattern.Simple(one).IsLiteral),
                };
                return await (isCheck ? batch.CheckAsync(cancellationToken) : batch.RefreshAsync(cancellationToken));
            });
    }
}

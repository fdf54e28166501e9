using System.CommandLine;
using SkillMeat.Checks;
using SkillMeat.Cli.Output;
using SkillMeat.Refresh;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection refresh</c>: refreshes artifacts, shows a dry run, or checks for updates.</summary>
internal static class CollectionRefreshCommand
{
    public static Command Create(CommandFactory commands)
    {
        var collection = ArtifactOptions.Collection();
        var type = ArtifactOptions.Type();
        var name = ArtifactOptions.Name();
        var checkOnly = new Option<bool>("--check-only", "--check") { Description = "Check for updates without changing anything. The exit code is 2 if there are any." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the changes without making them." };
        var fields = new Option<string[]>("--fields", "-f")
        {
            Description = "Refresh only these fields, separated by commas. '--fields help' lists them.",
            HelpName = "FIELD,…",
            AllowMultipleArgumentsPerToken = false,
        };
        var maxWait = new MaxWaitOption();

        return commands.Create(
            "refresh",
            "Refreshes the metadata of artifacts (description, tags, …) from upstream, or checks for updates.",
            [collection, type, name, checkOnly, dryRun, fields, maxWait.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var names = CommandRun.ChoicesOf(parsed, fields);
                if (names is ["help"])
                {
                    FieldOutput.Write(run);
                    return ExitCode.Success;
                }

                var request = new RefreshRequest
                {
                    Collection = parsed.GetValue(collection),
                    Filter = CommandRun.FilterOf(parsed, type, name),
                    Fields = RefreshField.Parse(names),
                    NameChangedFields = names.Length > 0,
                    DryRun = parsed.GetValue(dryRun),
                    LockTimeout = run.LockTimeout,
                };
                var store = request.DryRun || parsed.GetValue(checkOnly) ? run.OpenHomeToRead() : run.OpenHome();
                using var session = run.OpenUpstream(store, maxWait.Read(parsed));
                var refresher = new CollectionRefresher(store, session);
                return parsed.GetValue(checkOnly)
                    ? await CheckAsync(run, refresher, request, cancellationToken)
                    : await RefreshAsync(run, refresher, request, cancellationToken);
            });
    }

    private static async Task<int> CheckAsync(CommandRun run, CollectionRefresher refresher, RefreshRequest request, CancellationToken cancellationToken)
    {
        UpdateCheckResult result;
        using (run.ShowProgress("Contacting upstream…"))
        {
            result = await refresher.CheckAsync(request, cancellationToken: cancellationToken);
        }

        CheckOutput.Write(run, result);
        return result.HasErrors ? ExitCode.Error : result.HasUpdates ? ExitCode.UpdatesAvailable : ExitCode.Success;
    }

    private static async Task<int> RefreshAsync(CommandRun run, CollectionRefresher refresher, RefreshRequest request, CancellationToken cancellationToken)
    {
        RefreshResult result;
        using (run.ShowProgress("Contacting upstream…"))
        {
            result = await refresher.RefreshAsync(request, cancellationToken);
        }

        RefreshOutput.Write(run, result);
        return result.Summary.ErrorCount > 0 ? ExitCode.Error : ExitCode.Success;
    }
}

using System.CommandLine;
using SkillMeat.Cli.Commands;
using SkillMeat.Cli.Output;
using SkillMeat.Errors;

namespace SkillMeat.Cli;

/// <summary>The command line program <c>skm</c>.</summary>
public static class SkmApp
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments after <c>skm</c>.</param>
    /// <param name="host">The streams, environment and clock.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C.</param>
    /// <returns>
    /// The exit code: 0; 1 for errors; 2 from <c>--check-only</c> when there are updates, from <c>drift</c> when there is drift, and from <c>stale</c> when something is stale;
    /// 3 from <c>update</c>, <c>deploy</c>, <c>undeploy</c>, <c>sync</c>, <c>adopt</c>
    /// and <c>project install</c> when there are conflicts; 130 when cancelled.
    /// </returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, SkmHost host, CancellationToken cancellationToken = default)
    {
        var (root, options) = Build(host);
        // Without response files: a name may begin with '@'.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (ParseProblem.Find(parsed) is { } problem)
        {
            return await FailAsync(host, $"{problem} See '{CommandPath(parsed)} --help'.", ErrorIds.InvalidArgument);
        }

        using var output = new StreamWriter(host.Output, leaveOpen: true);
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = host.Error, ProcessTerminationTimeout = null },
                cancellationToken);
        }
        catch (SkillMeatException e)
        {
            await host.Error.WriteLineAsync(ErrorLine.Of(e));
            return ExitCode.Error;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync("cancelled; the collection was not changed.");
            return ExitCode.Cancelled;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(host, e.Message, ErrorIds.StorageFailed);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug. Scripts still get an exit code and one line; --verbose adds the stack trace.
            await FailAsync(host, e.Message, $"Unexpected{e.GetType().Name}");
            if (parsed.GetValue(options.Verbose))
            {
                await host.Error.WriteLineAsync(e.ToString());
            }

            return ExitCode.Error;
        }
    }

    private static (RootCommand Root, GlobalOptions Options) Build(SkmHost host)
    {
        var options = new GlobalOptions();
        var root = new RootCommand("SkillMeat: manages collections of Claude Code artifacts (skills, commands, agents, hooks, MCP servers).");
        options.AddTo(root);

        var commands = new CommandFactory(host, options);
        root.Subcommands.Add(InitCommand.Create(commands));
        root.Subcommands.Add(ListCommand.Create(commands));
        root.Subcommands.Add(ShowCommand.Create(commands));
        root.Subcommands.Add(SearchCommand.Create(commands));
        root.Subcommands.Add(BrowseCommand.Create(commands));
        root.Subcommands.Add(AddCommand.Create(commands));
        root.Subcommands.Add(UpdateCommand.Create(commands));
        root.Subcommands.Add(EditCommand.Create(commands));
        root.Subcommands.Add(RemoveCommand.Create(commands));
        root.Subcommands.Add(TransferCommand.CreateMove(commands));
        root.Subcommands.Add(TransferCommand.CreateCopy(commands));
        root.Subcommands.Add(RepairCommand.Create(commands));
        root.Subcommands.Add(DeployCommand.Create(commands));
        root.Subcommands.Add(DeployCommand.CreateUndeploy(commands));
        root.Subcommands.Add(DriftCommand.Create(commands));
        root.Subcommands.Add(AdoptCommand.Create(commands));
        root.Subcommands.Add(SyncCommand.Create(commands));
        root.Subcommands.Add(DiffCommand.Create(commands));
        root.Subcommands.Add(StaleCommand.Create(commands));
        root.Subcommands.Add(DeploymentsCommand.Create(commands));
        root.Subcommands.Add(ProjectCommands.Create(commands));
        root.Subcommands.Add(ProfileCommands.Create(commands));
        root.Subcommands.Add(CacheCommands.Create(commands));
        root.Subcommands.Add(MarketplaceCommands.Create(commands));
        root.Subcommands.Add(GroupCommands.Create(commands));
        root.Subcommands.Add(McpCommands.Create(commands));
        root.Subcommands.Add(TagCommands.Create(commands));
        root.Subcommands.Add(DoctorCommand.Create(commands));
        root.Subcommands.Add(ValidateCommand.Create(commands));
        root.Subcommands.Add(WatchCommand.Create(commands));
        root.Subcommands.Add(ServeCommand.Create(commands));
        root.Subcommands.Add(CompletionCommand.Create(commands));
        root.Subcommands.Add(CompleteCommand.Create(commands, root));
        root.Subcommands.Add(new Command("collection", "Collections: list, show, create, rename, edit, delete, use, refresh, snapshots, rollback.")
        {
            CollectionListCommand.Create(commands),
            CollectionShowCommand.Create(commands),
            CollectionCreateCommand.Create(commands),
            CollectionRenameCommand.Create(commands),
            CollectionEditCommand.Create(commands),
            CollectionDeleteCommand.Create(commands),
            CollectionUseCommand.Create(commands),
            CollectionRefreshCommand.Create(commands),
            CollectionSnapshotsCommand.Create(commands),
            CollectionRollbackCommand.Create(commands),
        });
        root.Subcommands.Add(new Command("snapshot", "Snapshots of whole collections: new, list, show, restore, verify, remove, export.")
        {
            SnapshotNewCommand.Create(commands),
            SnapshotListCommand.Create(commands),
            SnapshotShowCommand.Create(commands),
            SnapshotRestoreCommand.Create(commands),
            SnapshotVerifyCommand.Create(commands),
            SnapshotRemoveCommand.Create(commands),
            SnapshotExportCommand.Create(commands),
        });
        return (root, options);
    }

    private static async Task<int> FailAsync(SkmHost host, string message, string errorId)
    {
        await host.Error.WriteLineAsync(ErrorLine.Of(message, errorId));
        return ExitCode.Error;
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, command.Command is RootCommand ? "skm" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}

using System.CommandLine;
using SkillMeat.Collections;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm init</c>.</summary>
internal static class InitCommand
{
    public static Command Create(CommandFactory commands) => commands.Create(
        "init",
        "Creates a home with an empty collection. Existing files are kept.",
        [],
        async (run, _, cancellationToken) =>
        {
            var store = run.Announce(await CollectionStore.InitializeAsync(run.HomePath, run.LockTimeout, run.Time, cancellationToken: cancellationToken));
            if (run.IsJson)
            {
                run.WriteJson(new HomeJson(store.Home, store.ActiveCollection));
            }
            else
            {
                run.Say($"The home is {store.Home}, the active collection '{store.ActiveCollection}'.");
            }

            return ExitCode.Success;
        });
}

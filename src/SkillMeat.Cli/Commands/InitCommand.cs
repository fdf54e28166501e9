using System.CommandLine;
using SkillMeat.Cli.Output.Json;
using SkillMeat.Collections;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm init</c>.</summary>
internal static class InitCommand
{
    public static Command Create(CommandFactory commands) => commands.Create(
        "init",
        "Makes a home with an empty collection. What is there already stays.",
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

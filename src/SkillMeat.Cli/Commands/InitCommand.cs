using System.CommandLine;
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
                run.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("home", store.Home);
                    json.WriteString("active_collection", store.ActiveCollection);
                    json.WriteEndObject();
                });
            }
            else
            {
                run.Say($"The home is {store.Home}, the active collection '{store.ActiveCollection}'.");
            }

            return ExitCode.Success;
        });
}

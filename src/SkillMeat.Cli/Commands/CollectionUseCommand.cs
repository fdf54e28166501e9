using System.CommandLine;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection use</c>.</summary>
internal static class CollectionUseCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string>("name") { Description = "The collection that commands use by default." };
        return commands.Create("use", "Makes a collection the active one.", [name], async (run, parsed, cancellationToken) =>
        {
            var chosen = parsed.GetRequiredValue(name);
            await run.OpenHome().SetActiveAsync(chosen, run.LockTimeout, cancellationToken);
            if (run.IsJson)
            {
                run.WriteJson(new ActiveCollectionJson(chosen));
            }
            else
            {
                run.Say($"The active collection is '{chosen}'.");
            }

            return ExitCode.Success;
        });
    }
}

using System.CommandLine;
using SkillMeat.Organizing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection rename</c>.</summary>
internal static class CollectionRenameCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string>("name") { Description = "The collection." };
        var newName = new Argument<string>("new-name") { Description = "Its new name." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be renamed without renaming it." };
        return commands.Create(
            "rename",
            "Renames a collection, with its snapshots. Deployments in known projects follow.",
            [name, newName, dryRun],
            async (run, parsed, cancellationToken) =>
            {
                var isDry = parsed.GetValue(dryRun);
                var request = new RenameCollectionRequest { Collection = parsed.GetRequiredValue(name), NewName = parsed.GetRequiredValue(newName), DryRun = isDry, LockTimeout = run.LockTimeout };
                var renamed = await new CollectionOrganizer(isDry ? run.OpenHomeToRead() : run.OpenHome(), run.Environment).RenameAsync(request, cancellationToken);
                foreach (var warning in renamed.Warnings) run.Warn(warning);
                if (run.IsJson)
                {
                    run.WriteJson(RenamedCollectionJson.Of(renamed));
                    return ExitCode.Success;
                }

                run.Say($"Collection '{renamed.PreviousName}' {(isDry ? "would be" : "is")} '{renamed.Collection}'{(isDry ? "" : " now")}, in {renamed.Folder}.");
                if (renamed.Deployments > 0) run.Say($"Deployments that {(isDry ? "would name" : "name")} it by the new name: {renamed.Deployments}, in {string.Join(", ", renamed.Projects)}.");
                return ExitCode.Success;
            });
    }
}

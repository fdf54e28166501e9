using System.CommandLine;
using SkillMeat.Organizing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm collection delete</c>.</summary>
internal static class CollectionDeleteCommand
{
    public static Command Create(CommandFactory commands)
    {
        var name = new Argument<string>("name") { Description = "The collection. The active one must be named as well." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be deleted without deleting it." };
        var force = new Option<bool>("--force") { Description = "Delete it even if deployments are links to its files, which lead nowhere then." };
        var yes = new YesOption();
        return commands.Create(
            "delete",
            "Deletes a collection with all its files. Takes a snapshot first, from which it can be restored.",
            [name, dryRun, force, yes.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var isDry = parsed.GetValue(dryRun);
                var organizer = new CollectionOrganizer(isDry ? run.OpenHomeToRead() : run.OpenHome(), run.Environment);
                var request = new DeleteCollectionRequest { Collection = parsed.GetRequiredValue(name), Force = parsed.GetValue(force), LockTimeout = run.LockTimeout };
                // A missing collection is reported before the prompt.
                var found = await organizer.DeleteAsync(request with { DryRun = true }, cancellationToken);
                if (isDry)
                {
                    Write(run, found);
                    return ExitCode.Success;
                }

                // Refused before the prompt, with the error of the engine.
                if (!request.Force && found.LinkedDeployments.Count > 0) await organizer.DeleteAsync(request, cancellationToken);
                if (!yes.Agrees(run, parsed, "A deletion", $"Delete collection '{found.Collection}' with {Artifacts(found.ArtifactCount)}?")) return ExitCode.Error;
                Write(run, await organizer.DeleteAsync(request, cancellationToken));
                return ExitCode.Success;
            });
    }

    private static string Artifacts(int count) => count == 1 ? "1 artifact" : $"{count} artifacts";

    private static void Write(CommandRun run, DeletedCollection deleted)
    {
        foreach (var warning in deleted.Warnings) run.Warn(warning);
        if (run.IsJson)
        {
            run.WriteJson(DeletedCollectionJson.Of(deleted));
            return;
        }

        var verb = deleted.DryRun ? "would be deleted" : "was deleted";
        run.Say($"Collection '{deleted.Collection}' with {Artifacts(deleted.ArtifactCount)} {verb}. The active collection {(deleted.DryRun ? "would be" : "is")} '{deleted.ActiveCollection}'.");
        if (deleted.Deployments > 0) run.Say($"Deployments that stay, and are orphaned: {deleted.Deployments}, in {string.Join(", ", deleted.Projects)}.");
        if (deleted.SnapshotId is { } id) run.Say($"Snapshot {id} was taken first; 'skm snapshot restore {id} --collection {deleted.Collection}' restores it.");
    }
}

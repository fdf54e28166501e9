using SkillMeat.Editing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the outcome of an edit of artifacts.</summary>
internal static class EditOutput
{
    /// <summary>Writes the artifacts as the edit left them.</summary>
    /// <param name="run">The command.</param>
    /// <param name="result">The outcome.</param>
    /// <param name="ids">The artifacts that were named.</param>
    public static void Write(CommandRun run, EditResult result, IReadOnlyList<string> ids)
    {
        var edited = ids.Select(id => result.After.Find(id)).ToList();
        if (run.IsJson)
        {
            run.WriteJson(edited.Select(ArtifactJson.Of));
            return;
        }

        if (edited.Count == 0)
        {
            run.Say("No artifact matches; nothing was changed.");
            return;
        }

        ArtifactOutput.WriteTable(run, edited);
        var named = edited is [var one] ? one.ArtifactId : $"{edited.Count} artifacts";
        run.Say(!result.IsChanged ? "Nothing is to be changed." : $"{named} {(result.DryRun ? "would be" : edited.Count == 1 ? "was" : "were")} changed in collection '{result.After.Name}'.");
        if (result.SnapshotId is { } id) run.Say($"Snapshot {id} was taken first; 'skm snapshot restore {id} --collection {result.After.Name}' restores it.");
    }
}

using SkillMeat.Removals;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of a removal.</summary>
internal static class RemoveOutput
{
    private static string[] RowOf(RemovedArtifact one)
    {
        var would = one.DryRun ? "would be " : "";
        return [one.ArtifactId, $"{would}removed", one.FilesKept ? $"{would}kept" : $"{would}removed", one.Path];
    }

    public static string Question(IReadOnlyList<RemovedArtifact> found) =>
        $"Remove {string.Join(", ", found.Select(one => one.ArtifactId))}{(found.Any(one => one.FilesKept) ? "" : " and the files")} from collection '{found[0].Collection}'?";

    public static void Write(CommandRun run, IReadOnlyList<RemovedArtifact> removed)
    {
        var isDry = removed.Any(one => one.DryRun);
        if (!isDry && removed.Any(one => one.SnapshotId is null))
        {
            run.Warn("no snapshot was taken, as requested, so this cannot be undone.");
        }

        if (run.IsJson)
        {
            run.WriteJson(removed.Select(RemovedJson.Of));
            return;
        }

        if (removed.Count == 0)
        {
            run.Say("No artifact matches; nothing was removed.");
            return;
        }

        run.Tables().Write(["Artifact", "Status", new("Files", 1), "Path"], removed.Select(RowOf));
        run.Say($"{removed.Count} {(isDry ? "would be " : "")}removed from collection '{removed[0].Collection}'.");
        if (removed[0].SnapshotId is { } id)
        {
            run.Say($"Snapshot {id} was taken first; 'skm snapshot restore {id} --collection {removed[0].Collection}' restores it.");
        }
    }
}

using SkillMeat.Cli.Output;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Cli;

/// <summary>Prompts for the choice of each artifact that a sync changes.</summary>
internal sealed class SyncPrompt(CommandRun run)
{
    /// <summary>Prompts for each artifact.</summary>
    /// <param name="entries">The plan.</param>
    /// <returns>The choices. At the end of input, the remaining artifacts are skipped.</returns>
    public IReadOnlyList<KeyValuePair<SyncEntry, SyncChoice>> Ask(IReadOnlyList<SyncEntry> entries)
    {
        var chosen = new List<KeyValuePair<SyncEntry, SyncChoice>>();
        foreach (var entry in entries)
        {
            if (!entry.ChangesArtifact() && entry.Status != SyncStatus.Conflict)
            {
                // Copies in sync can get what another copy brings.
                if (entry.Status == SyncStatus.Unchanged) chosen.Add(KeyValuePair.Create(entry, SyncChoice.Merge));
                continue;
            }

            SyncOutput.Show(run, [entry]);
            chosen.Add(KeyValuePair.Create(entry, Ask(entry)));
        }

        return chosen;
    }

    private SyncChoice Ask(SyncEntry entry)
    {
        while (true)
        {
            switch (run.Ask($"{entry.ArtifactId}: take the (p)roject's, take the (c)ollection's, (m)erge, (f)ork, (s)kip?")?.ToLowerInvariant())
            {
                case "p" or "project":
                    return SyncChoice.TakeProject;
                case "c" or "collection":
                    return SyncChoice.TakeCollection;
                case "m" or "merge":
                    return SyncChoice.Merge;
                case "f" or "fork":
                    return SyncChoice.Fork;
                case null or "s" or "skip":
                    return SyncChoice.Skip;
            }
        }
    }
}

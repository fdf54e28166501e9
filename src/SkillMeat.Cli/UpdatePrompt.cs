using SkillMeat.Cli.Output;
using SkillMeat.Updates;

namespace SkillMeat.Cli;

/// <summary>Prompts for the strategy of each artifact that has an update.</summary>
internal sealed class UpdatePrompt(CommandRun run)
{
    /// <summary>Prompts for each artifact.</summary>
    /// <param name="entries">The plan.</param>
    /// <returns>The chosen strategies. At the end of input, the remaining artifacts are skipped.</returns>
    public IReadOnlyList<KeyValuePair<UpdateEntry, UpdateStrategy>> Ask(IReadOnlyList<UpdateEntry> entries)
    {
        var chosen = new List<KeyValuePair<UpdateEntry, UpdateStrategy>>();
        foreach (var entry in entries.Where(e => e.ChangesArtifact() || e.Status == UpdateStatus.Conflict))
        {
            UpdateOutput.Show(run, [entry]);
            chosen.Add(KeyValuePair.Create(entry, Ask(entry)));
        }

        return chosen;
    }

    private UpdateStrategy Ask(UpdateEntry entry)
    {
        while (true)
        {
            switch (run.Ask($"{entry.ArtifactId}: take (u)pstream, keep (l)ocal, (m)erge, (s)kip?")?.ToLowerInvariant())
            {
                case "u" or "upstream":
                    return UpdateStrategy.TakeUpstream;
                case "m" or "merge":
                    return UpdateStrategy.Merge;
                case null or "l" or "local" or "s" or "skip":
                    return UpdateStrategy.KeepLocal;
            }
        }
    }
}

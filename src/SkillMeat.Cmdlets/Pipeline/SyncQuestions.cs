using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Prompts for the choice of each artifact that a sync changes.</summary>
internal sealed class SyncQuestions(PipelineQueue pipeline, PSHost host)
{
    private static readonly SyncChoice[] _answers = [SyncChoice.TakeProject, SyncChoice.TakeCollection, SyncChoice.Merge, SyncChoice.Fork, SyncChoice.Skip];

    /// <summary>Prompts for each artifact.</summary>
    /// <param name="entries">The plan.</param>
    /// <returns>The choices, or null if the host cannot prompt.</returns>
    public async Task<IReadOnlyList<KeyValuePair<SyncEntry, SyncChoice>>?> AskAsync(IReadOnlyList<SyncEntry> entries)
    {
        var chosen = new List<KeyValuePair<SyncEntry, SyncChoice>>();
        foreach (var entry in entries)
        {
            if (entry.ChangesArtifact() || entry.Status == SyncStatus.Conflict)
            {
                if (await pipeline.AskAsync(() => Ask(entry)) is not { } choice) return null;
                chosen.Add(KeyValuePair.Create(entry, choice));
            }
            else if (entry.Status == SyncStatus.Unchanged)
            {
                // Copies in sync can get what another copy brings.
                chosen.Add(KeyValuePair.Create(entry, SyncChoice.Merge));
            }
        }

        return chosen;
    }

    private SyncChoice? Ask(SyncEntry entry)
    {
        var choices = new Collection<ChoiceDescription>
        {
            new("&Project", "The collection gets the project's version."),
            new("&Collection", "The project gets the collection's version. The project's is kept in the object store."),
            new("&Merge", "The changes of both sides are merged; if there are conflicts, the artifact is not changed."),
            new("&Fork", "The project's version becomes a new artifact of the collection."),
            new("&Skip", "The artifact is not changed this time."),
        };
        return HostChoice.TryAsk(host, SyncReport.TargetOf(entry), SyncReport.Describe(entry), choices) is { } answer ? _answers[answer] : null;
    }
}

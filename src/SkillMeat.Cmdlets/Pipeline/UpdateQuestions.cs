using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using SkillMeat.Updates;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Prompts for the strategy of each artifact that has an update.</summary>
internal sealed class UpdateQuestions(PipelineQueue pipeline, PSHost host)
{
    private static readonly UpdateStrategy[] _answers = [UpdateStrategy.TakeUpstream, UpdateStrategy.KeepLocal, UpdateStrategy.Merge, UpdateStrategy.KeepLocal];

    /// <summary>Prompts for each artifact.</summary>
    /// <param name="entries">The plan.</param>
    /// <returns>The chosen strategies, or null if the host cannot prompt.</returns>
    public async Task<IReadOnlyList<KeyValuePair<UpdateEntry, UpdateStrategy>>?> AskAsync(IReadOnlyList<UpdateEntry> entries)
    {
        var chosen = new List<KeyValuePair<UpdateEntry, UpdateStrategy>>();
        foreach (var entry in entries.Where(e => e.ChangesArtifact() || e.Status == UpdateStatus.Conflict))
        {
            if (await pipeline.AskAsync(() => Ask(entry)) is not { } strategy)
            {
                return null;
            }

            chosen.Add(KeyValuePair.Create(entry, strategy));
        }

        return chosen;
    }

    private UpdateStrategy? Ask(UpdateEntry entry)
    {
        var choices = new Collection<ChoiceDescription>
        {
            new("&Upstream", "Upstream's files replace the local ones; files that exist only locally stay."),
            new("&Local", "The artifact is not changed, and remains behind upstream."),
            new("&Merge", "The changes of both sides are merged; if there are conflicts, the artifact is not changed."),
            new("&Skip", "The artifact is not changed this time."),
        };
        return HostChoice.TryAsk(host, $"{entry.ArtifactId} of collection '{entry.Collection}'", entry.DescribeChanges(), choices) is { } answer ? _answers[answer] : null;
    }
}

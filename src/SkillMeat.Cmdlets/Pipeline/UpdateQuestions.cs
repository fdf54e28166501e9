using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using SkillMeat.Updates;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Asks a person about each artifact that upstream has something new for.</summary>
internal sealed class UpdateQuestions(PipelineQueue pipeline, PSHost host)
{
    private static readonly UpdateStrategy[] _answers = [UpdateStrategy.TakeUpstream, UpdateStrategy.KeepLocal, UpdateStrategy.Merge, UpdateStrategy.KeepLocal];

    /// <summary>Asks.</summary>
    /// <param name="entries">The plan.</param>
    /// <returns>What was chosen; null when nobody can be asked.</returns>
    public async Task<IReadOnlyList<KeyValuePair<UpdateEntry, UpdateStrategy>>?> AskAsync(IReadOnlyList<UpdateEntry> entries)
    {
        var chosen = new List<KeyValuePair<UpdateEntry, UpdateStrategy>>();
        foreach (var entry in entries.Where(e => e.Status is UpdateStatus.Updated or UpdateStatus.Merged or UpdateStatus.Conflict))
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
            new("&Local", "It stays as it is, and is still behind upstream afterwards."),
            new("&Merge", "What both sides changed is merged; where that can't be, nothing of it is changed."),
            new("&Skip", "It stays as it is this time."),
        };
        return TryAsk($"{entry.ArtifactId} of collection '{entry.Collection}'", entry.DescribeChanges(), choices) is { } answer ? _answers[answer] : null;
    }

    // Nothing but the host is asked in here, so that no mistake of ours passes for a host that can't ask.
    private int? TryAsk(string caption, string message, Collection<ChoiceDescription> choices)
    {
        try
        {
            return host.UI.PromptForChoice(caption, message, choices, defaultChoice: 3);
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException or NotImplementedException or NullReferenceException)
        {
            // Hosts that can't ask say so by one of the first three; the last one is what PowerShell's own console throws at the end of its input.
            return null;
        }
    }
}

using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Offers a choice to the user.</summary>
internal static class HostChoice
{
    /// <summary>Prompts for a choice. Requires the pipeline thread.</summary>
    /// <param name="host">The host that can prompt.</param>
    /// <param name="caption">The caption.</param>
    /// <param name="message">The question.</param>
    /// <param name="choices">The choices.</param>
    /// <returns>The index of the chosen one, the last one by default; null if the host cannot prompt.</returns>
    public static int? TryAsk(PSHost host, string caption, string message, Collection<ChoiceDescription> choices)
    {
        try
        {
            // Only the call to the host is in the block, so that no bug of ours passes for a host that cannot prompt.
            return host.UI.PromptForChoice(caption, message, choices, defaultChoice: choices.Count - 1);
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException or NotImplementedException or NullReferenceException)
        {
            // Hosts that cannot prompt throw one of the first three; PowerShell's own console throws the last one at the end of its input.
            return null;
        }
    }
}

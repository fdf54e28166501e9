using System.Management.Automation;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A cmdlet that asks before it does something, unless told not to.</summary>
public abstract class ConfirmedCommand : SkmCommand
{
    /// <summary>Whether it goes ahead without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Asks the user, or says what would be done where <c>-WhatIf</c> holds.</summary>
    /// <param name="pipeline">The way to the thread that can ask.</param>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">What would be done with it.</param>
    /// <returns>Whether to do it.</returns>
    protected Task<bool> ConfirmAsync(PipelineQueue pipeline, string target, string action) => pipeline.AskAsync(() =>
    {
        // Somebody who says -Force and -Confirm wants to be asked.
        if (Force && !IsWhatIf() && IsSet("Confirm") != true)
        {
            WriteVerbose($"{action}: {target}.");
            return true;
        }

        return May(target, action);
    });
}

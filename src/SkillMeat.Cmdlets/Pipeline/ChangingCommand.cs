using System.Management.Automation;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A cmdlet that changes something in a home, under a lock.</summary>
public abstract class ChangingCommand : SkmCommand
{
    /// <summary>How long to wait for another process.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double LockTimeoutSec { get; set; } = WaitSeconds.ForLock;

    /// <summary>The same as a time.</summary>
    protected TimeSpan LockTimeout => TimeSpan.FromSeconds(LockTimeoutSec);

    /// <summary>Asks the user unless <c>-Force</c> is given, or says what would be done where <c>-WhatIf</c> holds.</summary>
    /// <param name="pipeline">The way to the thread that can ask.</param>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">What would be done with it.</param>
    /// <returns>Whether to do it.</returns>
    protected Task<bool> ConfirmAsync(PipelineQueue pipeline, string target, string action) => pipeline.AskAsync(() =>
    {
        // Somebody who says -Force and -Confirm wants to be asked.
        if (IsSet("Force") == true && !IsWhatIf() && IsSet("Confirm") != true)
        {
            WriteVerbose($"{action}: {target}.");
            return true;
        }

        return May(target, action);
    });
}

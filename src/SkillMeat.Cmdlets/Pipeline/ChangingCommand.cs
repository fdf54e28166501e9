using System.Management.Automation;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that change a home, under a lock.</summary>
public abstract class ChangingCommand : SkmCommand
{
    /// <summary>The time to wait for the lock, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double LockTimeoutSec { get; set; } = WaitSeconds.ForLock;

    /// <summary>The time to wait for the lock.</summary>
    protected TimeSpan LockTimeout => TimeSpan.FromSeconds(LockTimeoutSec);

    /// <summary>Asks for confirmation unless <c>-Force</c> is given. With <c>-WhatIf</c>, describes the change instead.</summary>
    /// <param name="pipeline">The queue to the thread that can prompt.</param>
    /// <param name="target">The object of the change.</param>
    /// <param name="action">The change.</param>
    /// <returns>Whether to make the change.</returns>
    protected Task<bool> ConfirmAsync(PipelineQueue pipeline, string target, string action) => pipeline.AskAsync(() =>
    {
        // An explicit -Confirm takes precedence over -Force.
        if (IsSet("Force") == true && !IsWhatIf() && IsSet("Confirm") != true)
        {
            WriteVerbose($"{action}: {target}.");
            return true;
        }

        return May(target, action);
    });
}

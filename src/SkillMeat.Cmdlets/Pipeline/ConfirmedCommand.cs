using System.Management.Automation;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that ask for confirmation by default.</summary>
public abstract class ConfirmedCommand : ChangingCommand
{
    /// <summary>Whether to proceed without confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}

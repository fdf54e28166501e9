using System.Management.Automation;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A cmdlet that asks before it does something, unless told not to.</summary>
public abstract class ConfirmedCommand : ChangingCommand
{
    /// <summary>Whether it goes ahead without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}

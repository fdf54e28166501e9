using System.Management.Automation;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of the cmdlets for the background refresh of a home.</summary>
public abstract class BackgroundRefreshCommand : SkmCommand
{
    // A background refresh changes nothing but the cache.
    /// <inheritdoc/>
    protected override bool OnlyReads => true;

    /// <summary>The variables of the module in this session; those of the caller if the assembly was imported without the module's script. Requires the pipeline thread.</summary>
    private protected PSVariableIntrinsics ModuleVariables => (MyInvocation.MyCommand.Module?.SessionState ?? SessionState).PSVariable;
}

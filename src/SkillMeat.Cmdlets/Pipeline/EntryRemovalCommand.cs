using System.Management.Automation;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that remove entries of collections.</summary>
public abstract class EntryRemovalCommand : EntryChangeCommand
{
    /// <summary>Whether to proceed without confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected sealed override (ManifestEdit Edit, string Action) EditOf(string name) => (new ManifestEdit(List.List, EditAction.Remove, name), "Remove");
}

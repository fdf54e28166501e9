using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes groups from collections. Their members stay in the collection.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ArtifactGroup))]
public sealed class RemoveSkmGroupCommand : EntryChangeCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Whether to proceed without confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.Groups;

    /// <inheritdoc/>
    private protected override string[] Names => Name;

    /// <inheritdoc/>
    private protected override (ManifestEdit Edit, string Action) EditOf(string name) => (new ManifestEdit(List.List, EditAction.Remove, name), "Remove");
}

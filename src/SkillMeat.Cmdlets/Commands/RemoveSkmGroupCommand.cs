using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes groups from collections. Their members stay in the collection.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ArtifactGroup))]
public sealed class RemoveSkmGroupCommand : EntryRemovalCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.Groups;

    /// <inheritdoc/>
    private protected override string[] Names => Name;
}

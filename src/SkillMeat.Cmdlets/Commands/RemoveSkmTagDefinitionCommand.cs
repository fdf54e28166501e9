using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes tag definitions from collections. Artifacts keep their tags.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmTagDefinition", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(TagDefinition))]
public sealed class RemoveSkmTagDefinitionCommand : EntryRemovalCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagDefinitionCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.TagDefinitions;

    /// <inheritdoc/>
    private protected override string[] Names => Name;
}

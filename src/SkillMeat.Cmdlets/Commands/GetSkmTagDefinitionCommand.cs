using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the tag definitions of collections.</summary>
[Cmdlet(VerbsCommon.Get, "SkmTagDefinition")]
[OutputType(typeof(TagDefinition))]
public sealed class GetSkmTagDefinitionCommand : EntryListCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagDefinitionCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.TagDefinitions;

    /// <inheritdoc/>
    private protected override string[] Names => Name;
}

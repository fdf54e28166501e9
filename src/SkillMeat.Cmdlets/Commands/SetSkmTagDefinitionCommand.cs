using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Changes tag definitions of collections.</summary>
[Cmdlet(VerbsCommon.Set, "SkmTagDefinition", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(TagDefinition))]
public sealed class SetSkmTagDefinitionCommand : EntryEditCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagDefinitionCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The name in addresses.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Slug { get; set; }

    /// <summary>The colour: <c>#rrggbb</c>, or a name such as <c>slate</c>.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Color { get; set; }

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.TagDefinitions;

    /// <inheritdoc/>
    private protected override string[] Names => Name;

    /// <inheritdoc/>
    private protected override ManifestEdit Complete(ManifestEdit edit) => edit with { Values = ValuesOf(("description", nameof(Description), Description), ("slug", nameof(Slug), Slug), ("color", nameof(Color), Color)) };
}

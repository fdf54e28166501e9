using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Creates a tag definition in a collection.</summary>
[Cmdlet(VerbsCommon.New, "SkmTagDefinition", SupportsShouldProcess = true)]
[OutputType(typeof(TagDefinition))]
public sealed class NewSkmTagDefinitionCommand : EntryCreationCommand
{
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
    private protected override ManifestEdit Complete(ManifestEdit edit) => edit with { Values = ValuesOf(("description", nameof(Description), Description), ("slug", nameof(Slug), Slug), ("color", nameof(Color), Color)) };
}

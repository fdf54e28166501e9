using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Creates a group in a collection.</summary>
[Cmdlet(VerbsCommon.New, "SkmGroup", SupportsShouldProcess = true)]
[OutputType(typeof(ArtifactGroup))]
public sealed class NewSkmGroupCommand : EntryCreationCommand
{
    /// <summary>The colour: <c>#rrggbb</c>, or a name such as <c>slate</c>.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Color { get; set; }

    /// <summary>The name of the icon.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Icon { get; set; }

    /// <summary>The first members, by name or <c>type:name</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Member { get; set; } = [];

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.Groups;

    /// <inheritdoc/>
    private protected override ManifestEdit Complete(ManifestEdit edit) => edit with { Values = ValuesOf(("description", nameof(Description), Description), ("color", nameof(Color), Color), ("icon", nameof(Icon), Icon)), Items = Member };
}

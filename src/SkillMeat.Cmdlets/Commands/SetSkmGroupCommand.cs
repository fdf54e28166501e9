using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Changes groups of collections.</summary>
[Cmdlet(VerbsCommon.Set, "SkmGroup", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ArtifactGroup))]
public sealed class SetSkmGroupCommand : EntryEditCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The colour: <c>#rrggbb</c>, or a name such as <c>slate</c>.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Color { get; set; }

    /// <summary>The name of the icon.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Icon { get; set; }

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.Groups;

    /// <inheritdoc/>
    private protected override string[] Names => Name;

    /// <inheritdoc/>
    private protected override ManifestEdit Complete(ManifestEdit edit) => edit with { Values = ValuesOf(("description", nameof(Description), Description), ("color", nameof(Color), Color), ("icon", nameof(Icon), Icon)) };
}

using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the groups of collections, with their members.</summary>
[Cmdlet(VerbsCommon.Get, "SkmGroup")]
[OutputType(typeof(ArtifactGroup))]
public sealed class GetSkmGroupCommand : EntryListCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.Groups;

    /// <inheritdoc/>
    private protected override string[] Names => Name;
}

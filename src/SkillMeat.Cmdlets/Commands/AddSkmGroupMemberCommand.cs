using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Adds artifacts to a group, or moves them in it.</summary>
[Cmdlet(VerbsCommon.Add, "SkmGroupMember", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ArtifactGroup))]
public sealed class AddSkmGroupMemberCommand : GroupMemberCommand
{
    /// <summary>The position in the group, from 0. Members that it has already move there.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Position { get; set; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> Find(Collection collection, ArtifactGroup group, NamePattern wanted) => GroupMemberNames.Among([.. collection.Artifacts.Select(artifact => artifact.ArtifactId)], wanted);

    /// <inheritdoc/>
    private protected override void Check(Collection collection, ArtifactGroup group, string member) => collection.Find(member);

    /// <inheritdoc/>
    private protected override (ManifestEdit Edit, string Action) EditOf(string group, IReadOnlyList<string> members) =>
        (new ManifestEdit(List.List, EditAction.AddMembers, group) { Items = members } with { Position = MyInvocation.BoundParameters.ContainsKey(nameof(Position)) ? Position : null }, $"Add {ShortText.Cut(string.Join(", ", members))}");
}

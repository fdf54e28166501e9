using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes members from a group. The artifacts stay in the collection.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmGroupMember", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ArtifactGroup))]
public sealed class RemoveSkmGroupMemberCommand : GroupMemberCommand
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Find(Collection collection, ArtifactGroup group, NamePattern wanted) => GroupMemberNames.Among(group.Members, wanted);

    /// <inheritdoc/>
    private protected override void Check(Collection collection, ArtifactGroup group, string member)
    {
        // Most come from a pattern.
        if (!group.Members.Contains(member)) group.FindMember(member);
    }

    /// <inheritdoc/>
    private protected override (ManifestEdit Edit, string Action) EditOf(string group, IReadOnlyList<string> members) =>
        (new ManifestEdit(List.List, EditAction.RemoveMembers, group) { Items = members }, $"Remove {ShortText.Cut(string.Join(", ", members))}");
}

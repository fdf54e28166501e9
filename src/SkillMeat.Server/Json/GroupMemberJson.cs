using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A member of a group.</summary>
/// <param name="ArtifactId">The member as the manifest has it.</param>
/// <param name="IsMissing">Whether the collection does not have it.</param>
internal sealed record GroupMemberJson(string ArtifactId, bool IsMissing)
{
    public static IReadOnlyList<GroupMemberJson> Of(ArtifactGroup group)
    {
        var missing = group.MissingMembers.ToHashSet(StringComparer.Ordinal);
        return [.. group.Members.Select(member => new GroupMemberJson(member, missing.Contains(member)))];
    }
}

using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A group in its collection, as <c>skm group</c> prints it.</summary>
internal sealed record GroupJson(
    string Collection, string? Name, string? Description, string? Color, string? Icon, long? Position, int MemberCount, TextValues Members, TextValues MissingMembers, KeyValues OtherValues)
{
    public static GroupJson Of(ArtifactGroup group) => new(
        group.Collection, group.Name, group.Description, group.Color, group.Icon, group.Position, group.MemberCount, group.Members, group.MissingMembers, group.OtherValues);
}

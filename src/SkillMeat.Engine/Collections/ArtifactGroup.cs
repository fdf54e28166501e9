using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>A group of artifacts in its collection.</summary>
/// <remarks>Immutable. A value that the manifest does not have is null.</remarks>
public sealed record ArtifactGroup
{
    internal ArtifactGroup(string collection, GroupDefinition group, TextValues missing)
    {
        Collection = collection;
        Name = group.Name;
        Description = group.Description;
        Color = group.Color;
        Icon = group.Icon;
        Position = group.Position;
        Members = group.Members;
        MissingMembers = missing;
        OtherValues = group.OtherValues;
    }

    /// <summary>The folder name of the collection.</summary>
    public string Collection { get; }

    /// <summary>The name.</summary>
    public string? Name { get; }

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>The colour, such as <c>#3366ff</c> or <c>slate</c>.</summary>
    public string? Color { get; }

    /// <summary>The name of the icon.</summary>
    public string? Icon { get; }

    /// <summary>The position among the groups, from 0.</summary>
    public long? Position { get; }

    /// <summary>The number of members.</summary>
    public int MemberCount => Members.Count;

    /// <summary>The members, as <c>type:name</c>, in order.</summary>
    public TextValues Members { get; }

    /// <summary>The members that the collection does not have.</summary>
    public TextValues MissingMembers { get; }

    /// <summary>The values of other keys.</summary>
    public KeyValues OtherValues { get; }

    /// <summary>Finds a member by its name or id, ignoring case unless two members differ in case alone.</summary>
    /// <param name="wanted">The name, or <c>type:name</c>.</param>
    /// <returns>The member, as the manifest has it.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: no member matches, or more than one.</exception>
    public string FindMember(string wanted) => GroupMembers.Find(Members, wanted, Name, Collection)[0];
}

namespace SkillMeat.Collections;

/// <summary>A group of artifacts of a collection.</summary>
/// <remarks>Immutable. A value that the manifest does not have is null.</remarks>
public sealed record GroupDefinition
{
    internal GroupDefinition()
    {
    }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The colour, such as <c>#3366ff</c>.</summary>
    public string? Color { get; init; }

    /// <summary>The name of the icon.</summary>
    public string? Icon { get; init; }

    /// <summary>The position among the groups.</summary>
    public long? Position { get; init; }

    /// <summary>The members, as <c>type:name</c>.</summary>
    public TextValues Members { get; init; } = [];

    /// <summary>The values of other keys.</summary>
    public KeyValues OtherValues { get; init; } = KeyValues.None;

    /// <summary>Describes the group.</summary>
    /// <returns>A text such as <c>writing (skill:meeting-notes, command:changelog)</c>.</returns>
    public override string ToString() => Members.Count == 0 ? $"{Name}" : $"{Name} ({Members})";
}

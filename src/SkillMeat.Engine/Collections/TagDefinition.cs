namespace SkillMeat.Collections;

/// <summary>A tag that a collection defines.</summary>
/// <remarks>Immutable. A value that the manifest does not have is null.</remarks>
public sealed record TagDefinition
{
    internal TagDefinition()
    {
    }

    /// <summary>The folder name of the collection.</summary>
    public string? Collection { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The name in addresses.</summary>
    public string? Slug { get; init; }

    /// <summary>The colour, such as <c>#3366ff</c>.</summary>
    public string? Color { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The values of other keys.</summary>
    public KeyValues OtherValues { get; init; } = KeyValues.None;

    /// <summary>Describes the tag.</summary>
    /// <returns>The name, with the description if there is one.</returns>
    public override string ToString() => Description is null ? $"{Name}" : $"{Name} ({Description})";
}

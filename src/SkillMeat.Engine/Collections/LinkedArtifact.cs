namespace SkillMeat.Collections;

/// <summary>A link from an artifact to another one, as recorded in the manifest.</summary>
/// <remarks>Immutable. A value that the manifest does not have is null.</remarks>
public sealed record LinkedArtifact
{
    internal LinkedArtifact()
    {
    }

    /// <summary>The id of the other artifact as written in the manifest: <c>type:name</c>, <c>type::name</c>, or the key of a database.</summary>
    public string? ArtifactId { get; init; }

    /// <summary>The name of the other artifact.</summary>
    public string? Name { get; init; }

    /// <summary>The type of the other artifact.</summary>
    public string? Type { get; init; }

    /// <summary>The name of the source that has the other artifact.</summary>
    public string? SourceName { get; init; }

    /// <summary>The kind of the link: <c>requires</c>, <c>enables</c> or <c>related</c>.</summary>
    public string? LinkType { get; init; }

    /// <summary>The time at which the link was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The values of other keys.</summary>
    public KeyValues OtherValues { get; init; } = KeyValues.None;

    /// <summary>Describes the link.</summary>
    /// <returns>A text such as <c>skill:pdf-tools (requires)</c>.</returns>
    public override string ToString()
    {
        var target = Type is not null && Name is not null ? $"{Type}:{Name}" : ArtifactId ?? Name;
        return LinkType is null ? $"{target}" : $"{target} ({LinkType})";
    }
}

namespace SkillMeat.Editing;

/// <summary>An edit of the details of one artifact in a manifest. Its files stay as they are.</summary>
/// <param name="Artifact">The artifact, as a name or <c>type:name</c>.</param>
/// <remarks>Immutable.</remarks>
public sealed record DetailsEdit(string Artifact)
{
    /// <summary>The fields that can be edited besides the tags.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. DetailField.All.Select(field => field.Name)];

    /// <summary>The values to write, by the names in <see cref="Fields"/>. A null or empty text removes the field. Fields that are not named stay.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    /// <summary>The tags that replace all others, or null to keep them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The tags to add at the end. One that it has already stays where it is.</summary>
    public IReadOnlyList<string> AddedTags { get; init; } = [];

    /// <summary>The tags to remove. One that it does not have is ignored.</summary>
    public IReadOnlyList<string> RemovedTags { get; init; } = [];
}

using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>The values to write into one artifact of a manifest. Null leaves the key as it is.</summary>
internal sealed record ArtifactEdit
{
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The tags that came from upstream, so that a later refresh can tell them from the user's own.</summary>
    public IReadOnlyList<string>? ImportedTags { get; init; }

    /// <summary>The names of the fields whose values are the repository's.</summary>
    public IReadOnlyList<string>? FieldsOfRepository { get; init; }

    /// <summary>The values of other keys; null removes the key.</summary>
    public IReadOnlyList<(ArtifactPlace Place, string Key, TomlValue? Value)> Values { get; init; } = [];
}

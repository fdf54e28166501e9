using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Values to write into one artifact of a manifest. A null is not a value: that key stays as it is.</summary>
internal sealed record ArtifactEdit
{
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Those of the tags that came from upstream, recorded so that a later refresh can tell them from the user's own.</summary>
    public IReadOnlyList<string>? ImportedTags { get; init; }

    /// <summary>The fields, by name, whose values are the repository's.</summary>
    public IReadOnlyList<string>? FieldsOfRepository { get; init; }

    /// <summary>The values of other keys.</summary>
    public IReadOnlyList<(ArtifactPlace Place, string Key, TomlValue Value)> Values { get; init; } = [];
}

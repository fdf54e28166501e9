using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>An artifact that a manifest is to list. A null, or an empty list, is not a value: that key is not written.</summary>
internal sealed record NewArtifact
{
    public required ArtifactId Id { get; init; }

    /// <summary>Where it lies, relative to the collection, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>One of <see cref="ArtifactOrigin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>The address it came from, with the commit that was fetched.</summary>
    public string? Upstream { get; init; }

    /// <summary>What the user asked to follow.</summary>
    public string? VersionSpec { get; init; }

    public string? ResolvedSha { get; init; }

    /// <summary>The tag of <see cref="ResolvedSha"/>, if it has one.</summary>
    public string? ResolvedVersion { get; init; }

    public TextValues Tags { get; init; } = [];

    public string? OriginSource { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Author { get; init; }

    public string? License { get; init; }

    public string? Version { get; init; }

    public TextValues Dependencies { get; init; } = [];

    public TextValues Tools { get; init; } = [];

    /// <summary>
    /// What goes to <c>metadata.extra</c>, in order: what the front matter says and the original has no key for, category and deprecation among it, and a copy of the front matter.
    /// </summary>
    public IReadOnlyDictionary<string, TomlValue> Extra { get; init; } = new Dictionary<string, TomlValue>();
}

using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>An artifact to add to a manifest. Keys with null or an empty list are not written.</summary>
internal sealed record NewArtifact
{
    public required ArtifactId Id { get; init; }

    /// <summary>The path, relative to the collection, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The origin, one of <see cref="ArtifactOrigin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>The upstream address, with the fetched commit.</summary>
    public string? Upstream { get; init; }

    /// <summary>The ref to follow.</summary>
    public string? Ref { get; init; }

    public string? ResolvedSha { get; init; }

    /// <summary>The tag of <see cref="ResolvedSha"/>, or null.</summary>
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
    /// The content of <c>metadata.extra</c>, in order: the keys of the front matter for which Python SkillMeat has no key, category and deprecation among them, and a copy of the front matter.
    /// </summary>
    public IReadOnlyDictionary<string, TomlValue> Extra { get; init; } = new Dictionary<string, TomlValue>();

    /// <summary>Whether its front matter could not be read as a whole, so that what is missing is unknown and not withdrawn.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Returns the artifact with the record of the folder out of which links of its upstream are not followed.</summary>
    public NewArtifact WithLinkBoundary(string? folder) => folder is null ? this : this with
    {
        Extra = Extra.Append(KeyValuePair.Create(ArtifactTable.LinkBoundaryKey, TomlValue.Of(folder))).ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>Returns the artifact with the record of the other paths that its content comes from.</summary>
    public NewArtifact WithLinkedPaths(IReadOnlyList<string> paths) => paths.Count == 0 ? this : this with
    {
        Extra = Extra.Append(KeyValuePair.Create(ArtifactTable.LinkedPathsKey, TomlValue.Of(paths))).ToDictionary(StringComparer.Ordinal),
    };
}

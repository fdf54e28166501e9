namespace SkillMeat.Browsing;

/// <summary>A place at which there is an artifact.</summary>
/// <param name="Listing">The list in which it was found.</param>
/// <param name="Place">The place.</param>
/// <param name="Description">The description in its front matter, or null.</param>
internal sealed record DescribedPlace(Listing Listing, FoundPlace Place, string? Description)
{
    /// <summary>The version in its front matter, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The tags in its front matter.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The tree or blob id at the listed commit. Empty if it is not known, as of the root. In a folder on this machine, a text that places of the same content share, and only those that may have a copy have one.</summary>
    public string ObjectId { get; init; } = "";

    /// <summary>Whether it is reached through a link in the repository.</summary>
    public bool IsLinked { get; init; }

    /// <summary>The path in the repository, if a folder above is a link. Nothing can be added through it.</summary>
    public string? Target { get; init; }
}

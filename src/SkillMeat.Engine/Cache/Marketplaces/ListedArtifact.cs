namespace SkillMeat.Cache.Marketplaces;

/// <summary>An artifact in the list of a marketplace, or a plugin without artifacts.</summary>
/// <param name="Name">The name that the artifact would get, or that of the plugin.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ListedArtifact(string Name)
{
    /// <summary>The name of the type; null for a plugin without artifacts.</summary>
    public string? Type { get; init; }

    /// <summary>The name of the plugin, or null.</summary>
    public string? Plugin { get; init; }

    /// <summary>The description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The version, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The category of the plugin, or null.</summary>
    public string? Category { get; init; }

    /// <summary>The tags and keywords of both.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The address of the repository, or the full path of the folder.</summary>
    public string Repository { get; init; } = "";

    /// <summary>The path in it.</summary>
    public string Path { get; init; } = "";

    /// <summary>The ref at which it was listed, or null for the default branch.</summary>
    public string? Ref { get; init; }

    /// <summary>The commit at which it was listed; empty for a folder.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The tree or blob id; empty if it is not known.</summary>
    public string ObjectId { get; init; } = "";

    /// <summary>The reason that the plugin cannot be listed, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The time at which it was listed last.</summary>
    public DateTimeOffset Checked { get; init; }
}

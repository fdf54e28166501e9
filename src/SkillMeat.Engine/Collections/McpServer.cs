namespace SkillMeat.Collections;

/// <summary>An MCP server of a collection, as recorded in the manifest.</summary>
/// <remarks>Immutable. A value that the manifest does not have is null.</remarks>
public sealed record McpServer
{
    /// <summary>The text that stands for a value that is not shown.</summary>
    public const string Mask = "***";

    internal McpServer()
    {
    }

    /// <summary>The folder name of the collection.</summary>
    public string? Collection { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The repository.</summary>
    public string? Repo { get; init; }

    /// <summary>The version to follow.</summary>
    public string? Version { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The environment variables to set, by name. They may be secret, so the text form and tables leave the values out.</summary>
    public KeyValues EnvVars { get; init; } = KeyValues.None;

    /// <summary>The state, such as <c>installed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The time of its installation.</summary>
    public DateTimeOffset? InstalledAt { get; init; }

    /// <summary>The time of its last update.</summary>
    public DateTimeOffset? LastUpdated { get; init; }

    /// <summary>The commit that is installed.</summary>
    public string? ResolvedSha { get; init; }

    /// <summary>The tag of that commit.</summary>
    public string? ResolvedVersion { get; init; }

    /// <summary>The values of other keys.</summary>
    public KeyValues OtherValues { get; init; } = KeyValues.None;

    /// <summary>Returns the server with <see cref="Mask"/> in place of the values that may be secret: those of environment variables, and those that nothing else reads, such as headers.</summary>
    /// <returns>The masked server.</returns>
    public McpServer Masked() => this with { EnvVars = Hide(EnvVars), OtherValues = Hide(OtherValues) };

    /// <summary>Describes the server.</summary>
    /// <returns>A text such as <c>files (octo/mcp-files@latest)</c>.</returns>
    public override string ToString() => Repo is null ? $"{Name}" : $"{Name} ({Repo}{(Version is null ? "" : $"@{Version}")})";

    private static KeyValues Hide(KeyValues values) => values.Count == 0 ? values : KeyValues.Of(values.Keys.ToDictionary(key => key, _ => (object)Mask));
}
